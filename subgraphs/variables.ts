import { agencyNames, type AgencyName } from '#schema';

const prefixOf = (name: string): string => name.toUpperCase().replaceAll('-', '_');

/** The variable with the password of an agency's role, for servers whose roles are shared out by hand. */
export function passwordVariableOf(name: AgencyName): string {
  return `${prefixOf(name)}_DB_PASSWORD`;
}

/** The variable with the key of the caller tokens that the gateway signs for an agency, outside that agency's process. */
export function callerKeyVariableOf(name: AgencyName): string {
  return `${prefixOf(name)}_CALLER_KEY`;
}

/** The agency that keeps the register of consents. */
export const registerName = 'consent' satisfies AgencyName;

type OtherAgency = Exclude<AgencyName, typeof registerName>;

/** Who asks the register from another process. */
export type RegisterAsker = OtherAgency | 'gateway';

const isOther = (name: AgencyName): name is OtherAgency => name !== registerName;

/** Every other agency, and the gateway: each shares a key with the register. */
export const registerAskers: readonly RegisterAsker[] = [...agencyNames.filter(isOther), 'gateway'];

/** The variable with the key that the register shares with one asker, outside that asker's process. */
export function registerKeyVariableOf(asker: RegisterAsker): string {
  return `${prefixOf(asker)}_REGISTER_KEY`;
}
