import type { CodeKey } from '../loaders/index.ts';
import type { Context } from './context.ts';

/** A code with its name still in the catalogue; `null` when there is no code. */
export function codeIn(catalogue: string, code: string | null): CodeKey | null {
  return code === null ? null : { catalogue, code };
}

/** A field that shows the code a column holds. */
export const coded =
  <Column extends string>(catalogue: string, column: Column) =>
  (row: { readonly [Name in Column]: string | null }): CodeKey | null =>
    codeIn(catalogue, row[column]);

const name = (key: CodeKey, _: unknown, { loaders }: Context): Promise<string | null> =>
  loaders.names.load(key);

/** The types whose name is looked up only when somebody asks for it. */
export const codeResolvers = {
  VisitCode: { name },
  VisitFacility: { name, provinceCode: ({ code }: CodeKey) => code.slice(0, 2) },
  VisitDiagnosis: { text: name },
  HealthProfileCode: { name },
  HealthProfileFacility: { name },
};
