import { badArgument } from '#kit';
import { isEmergencyScope, isScope, scopes as allScopes } from '#schema';

const parentOf = (scope: string): string | undefined => {
  const entry = isScope(scope) ? allScopes[scope] : undefined;
  return entry && 'compartmentOf' in entry ? entry.compartmentOf : undefined;
};

function checkScopes(asked: readonly string[], isOpen: (scope: string) => boolean, form: string): string[] {
  const scopes = [...new Set(asked)].sort();
  const isWhole = scopes.every((scope) => {
    const parent = parentOf(scope);
    return isOpen(scope) && (parent === undefined || scopes.includes(parent));
  });
  if (scopes.length === 0 || scopes.length !== asked.length || !isWhole) throw badArgument('scopes', form);
  return scopes;
}

/**
 * What may be asked or accepted: at least one scope, each by its name and once, all within `allowed`; a compartment of
 * the health record only together with the record. In alphabetical order.
 * @throws GraphQLError BAD_USER_INPUT
 */
export function scopesWithin(asked: readonly string[], allowed: readonly string[], of: string): string[] {
  const form = `at least one scope of ${of}, each by its name and once, a compartment together with HEALTH_RECORDS`;
  return checkScopes(asked, (scope) => isScope(scope) && allowed.includes(scope), form);
}

/** What a clinician may open in an emergency, in alphabetical order. @throws GraphQLError BAD_USER_INPUT */
export function emergencyScopesOf(asked: readonly string[]): string[] {
  const form = 'at least one of PERSONAL_INFORMATION, HEALTH_INSURANCE and HEALTH_RECORDS, each once';
  return checkScopes(asked, isEmergencyScope, form);
}

/** How a scope is named to auditors: that a compartment is in it, not which. */
export function maskScopes(scopes: readonly string[]): string[] {
  const masked = scopes.map((scope) => {
    const parent = parentOf(scope);
    return parent === undefined ? scope : `${parent}.***`;
  });
  return [...new Set(masked)];
}
