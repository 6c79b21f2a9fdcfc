import type { Import } from './imports.ts';
import type { Rule, Source } from './tree.ts';

/** The one file that knows gateway, agencies and embedded database. */
export const allInOne = 'gateway/all-in-one.ts';

/** `schema`, `db`, `db/population`, `kit`, `agency:<name>`, `agencies`, `gateway`, `all-in-one`, `bench`, `test` or `root`. */
export function layerOf(file: string): string {
  const [top = '', second = '', third] = file.split('/');
  if (file === allInOne) return 'all-in-one';
  if (top === 'db' && second === 'population') return 'db/population';
  if (top !== 'subgraphs') return second === '' ? 'root' : top;
  if (third === undefined) return 'agencies';
  return second === '_kit' ? 'kit' : `agency:${second}`;
}

const everything = ['schema', 'db', 'db/population', 'kit', 'agency', 'agencies', 'gateway'] as const;

/** What a layer may know besides itself. An agency never knows another agency: only its own folder is itself. */
const lower: Readonly<Record<string, readonly string[]>> = {
  schema: [],
  db: ['schema', 'db/population'],
  'db/population': [],
  kit: ['schema', 'db', 'db/population'],
  agency: ['schema', 'db', 'db/population', 'kit'],
  agencies: ['schema', 'db', 'db/population', 'kit', 'agency'],
  gateway: ['schema'],
  'all-in-one': everything,
  bench: [...everything, 'all-in-one'],
  test: [...everything, 'all-in-one', 'bench', 'root'],
  root: [],
};

const kindOf = (layer: string): string => layer.replace(/:.*/, '');

/** Both sides of an import that stays in the repository. */
interface Edge {
  readonly source: Source;
  readonly entry: Import;
  readonly target: string;
}

function edgesOf(sources: Iterable<Source>): Edge[] {
  return [...sources].flatMap((source) =>
    source.imports.flatMap((entry) =>
      entry.target === undefined ? [] : [{ source, entry, target: entry.target }],
    ),
  );
}

/** schema ← db ← subgraphs/_kit ← subgraphs/<agency> ← subgraphs/*.ts, and schema ← gateway. */
export const directionRule: Rule = ({ sources }) =>
  edgesOf(sources.values()).flatMap(({ source, target }) => {
    const [from, to] = [layerOf(source.path), layerOf(target)];
    if (from === to || lower[kindOf(from)]?.includes(kindOf(to))) return [];
    return [`${source.path}: ${from} must not know ${to} (${target}).`];
  });

/** Tests may reach anywhere; `all-in-one` joins what never meets otherwise; the bench measures all of it. */
const mayClimb = new Set(['test', 'bench', 'all-in-one']);

/** `./x.ts` is home, `#layer` is another layer's public face, and `../` never leaves a layer. */
export const faceRule: Rule = ({ sources }) =>
  edgesOf(sources.values()).flatMap(({ source, entry, target }) => {
    const [from, to] = [layerOf(source.path), layerOf(target)];
    if (from === to || mayClimb.has(from) || entry.specifier.startsWith('#')) return [];
    if (from === 'agencies' && /^subgraphs\/[^/]+\/index\.ts$/.test(target) && kindOf(to) === 'agency')
      return [];
    return [`${source.path}: import ${to} through its public face, not as ${entry.specifier}.`];
  });

/**
 * The stations of an agency and what each may know: tables ← loaders, actions, population ← resolvers ← index. Any
 * other file is a `rule`: a decision of the agency, such as a deadline or a mask, without a database. `notices` tells the
 * register what changed; `register` is what the register tells the others.
 */
const knownTo: Readonly<Record<string, readonly string[]>> = {
  tables: [],
  rule: ['tables', 'loaders'],
  loaders: ['tables', 'rule'],
  actions: ['tables', 'loaders', 'rule'],
  population: ['tables', 'rule'],
  notices: ['tables', 'rule'],
  register: ['tables', 'rule'],
  resolvers: ['tables', 'loaders', 'actions', 'rule'],
  index: ['tables', 'loaders', 'actions', 'resolvers', 'population', 'notices', 'register', 'rule'],
};

function stationOf(file: string): string {
  const name = (file.split('/')[2] ?? '').replace(/\.tsx?$/, '');
  return Object.hasOwn(knownTo, name) ? name : 'rule';
}

const isAgencyFile = (file: string): boolean => kindOf(layerOf(file)) === 'agency';

/** Inside an agency no station imports a later one. */
export const stationRule: Rule = ({ sources }) =>
  edgesOf(sources.values()).flatMap(({ source, target }) => {
    if (!isAgencyFile(source.path) || layerOf(source.path) !== layerOf(target)) return [];
    const [from, to] = [stationOf(source.path), stationOf(target)];
    return from === to || knownTo[from]?.includes(to) ? [] : [`${source.path}: ${from} must not know ${to}.`];
  });

const reachesDatabase = ({ specifier, isTypeOnly, target }: Import): boolean => {
  if (isTypeOnly) return false;
  if (specifier === '#db' || /^(drizzle-orm|postgres|dataloader)(\/|$)/.test(specifier)) return true;
  return target !== undefined && isAgencyFile(target) && stationOf(target) !== 'rule';
};

/** A rule of an agency is pure: what it knows of tables and loaders are types. */
export const pureRule: Rule = ({ sources }) =>
  [...sources.values()]
    .filter(({ path }) => isAgencyFile(path) && stationOf(path) === 'rule')
    .flatMap(({ path, imports }) =>
      imports
        .filter(reachesDatabase)
        .map(
          ({ specifier }) =>
            `${path}: a rule knows only types of ${specifier}; reading belongs to the loaders.`,
        ),
    );
