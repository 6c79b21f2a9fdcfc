import { getTableName } from 'drizzle-orm';
import { bootstrapDatabases, connectDatabase, migrateDatabase, type Database, type PasswordOf } from '#db';
import { householdCount, households, type PopulationPlan } from '#db/population';
import {
  beginPopulation,
  clearPopulation,
  collectRows,
  finishPopulation,
  migrationsFolderOf,
  readMark,
  readSteps,
  writeStep,
  type Agency,
  type PopulationMark,
} from '#kit';
import { agencyNames, type AgencyName } from '#schema';

export type DatabaseUrls = ReadonlyMap<AgencyName, string>;

/** Databases, roles and tables of every agency, at their newest migration. Repeatable. */
export async function prepareDatabases(adminUrl: string, passwordOf?: PasswordOf): Promise<DatabaseUrls> {
  const urls = await bootstrapDatabases(adminUrl, agencyNames, passwordOf);
  const migrate = ([name, url]: [string, string]) =>
    migrateDatabase({ url, migrationsFolder: migrationsFolderOf(name as AgencyName) });
  await Promise.all([...urls].map(migrate));
  return urls as DatabaseUrls;
}

/** How far a load is. */
export interface LoadProgress {
  readonly rows: number;
  readonly steps: number;
  readonly stepsDone: number;
  /** Steps that were there from an earlier, unfinished load. */
  readonly stepsResumed: number;
}

export interface LoadOptions {
  readonly urls: DatabaseUrls;
  readonly agencies: readonly Agency[];
  readonly plan: PopulationPlan;
  /** Empty the tables first, whatever they hold. */
  readonly reset?: boolean;
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Households per step, default 300 (about 1,000 citizens); a load is resumed with the same. */
  readonly householdsPerStep?: number;
}

/** The databases hold another population, or this one already, and nobody asked to replace it. */
export class PopulationConflict extends Error {
  override readonly name = 'PopulationConflict';
  readonly mark: PopulationMark;

  constructor(mark: PopulationMark) {
    const what = mark.isFinished ? 'a finished population' : 'an unfinished population of another plan';
    super(
      `The databases hold ${what} (seed ${mark.seed}, ${mark.citizens} citizens, as of ${mark.asOf}). ` +
        'Add --reset to empty them and load anew.',
    );
    this.mark = mark;
  }
}

interface Target {
  readonly agency: Agency;
  readonly database: Database;
  steps: ReadonlySet<number>;
}

const isSamePlan = (mark: PopulationPlan, plan: PopulationPlan): boolean =>
  mark.seed === plan.seed && mark.citizens === plan.citizens && mark.asOf === plan.asOf;

async function openTarget(target: Target, { plan, reset }: LoadOptions): Promise<void> {
  const { agency, database } = target;
  if (reset) await clearPopulation(database, agency);
  const mark = await readMark(database);
  if (mark === null) return beginPopulation(database, plan);
  if (!isSamePlan(mark, plan)) throw new PopulationConflict(mark);
  target.steps = await readSteps(database);
}

async function writeAll(
  targets: readonly Target[],
  plan: PopulationPlan,
  step: number,
  size: number,
): Promise<number> {
  const waiting = targets.filter((target) => !target.steps.has(step));
  if (waiting.length === 0) return 0;
  const to = Math.min((step + 1) * size, householdCount(plan));
  const homes = [...households(plan, { from: step * size, to })];
  const write = ({ agency, database }: Target) =>
    writeStep(database, step, collectRows(agency, { plan, step }, homes));
  const counts = await Promise.all(waiting.map(write));
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * Runs the steps in order: the first, with the catalogues, alone; then two at a time, so that one is being made
 * while the other is being written.
 */
async function runSteps(targets: readonly Target[], options: LoadOptions): Promise<number> {
  const { plan, onProgress, householdsPerStep = 300 } = options;
  const steps = Math.ceil(householdCount(plan) / householdsPerStep);
  const isDone = (step: number): boolean => targets.every((target) => target.steps.has(step));
  const pending = Array.from({ length: steps }, (_, step) => step).filter((step) => !isDone(step));
  const stepsResumed = steps - pending.length;
  let rows = 0;
  let stepsDone = stepsResumed;
  const runStep = async (step: number): Promise<void> => {
    const written = await writeAll(targets, plan, step, householdsPerStep);
    rows += written;
    stepsDone += 1;
    onProgress?.({ rows, steps, stepsDone, stepsResumed });
  };
  const run = async (): Promise<void> => {
    for (let step = pending.shift(); step !== undefined; step = pending.shift()) await runStep(step);
  };
  if (pending[0] === 0) await runStep(pending.shift() ?? 0);
  await Promise.all([run(), run()]);
  return rows;
}

async function finish({ agency, database }: Target): Promise<void> {
  const names = agency.population.tables.map((table) => `"${getTableName(table)}"`).join(', ');
  await database.sql.unsafe(`analyze ${names}`);
  await finishPopulation(database);
}

/**
 * Loads the synthetic population into every agency: deterministic, by `COPY`, step by step; an unfinished load of
 * the same plan goes on where it stopped, without duplicates. Answers the number of rows written.
 * @throws PopulationConflict when another population, or this one in full, is there and `reset` is not set.
 */
export async function loadPopulation(options: LoadOptions): Promise<number> {
  const targets = options.agencies.map((agency): Target => {
    const url = options.urls.get(agency.name) ?? '';
    const database = connectDatabase({
      url,
      poolSize: 2,
      queryTimeoutMs: 600_000,
      applicationName: 'populate',
    });
    return { agency, database, steps: new Set() };
  });
  try {
    const marks = await Promise.all(targets.map(({ database }) => readMark(database)));
    const finished = marks.every((mark) => mark?.isFinished) ? marks[0] : null;
    if (finished && !options.reset) throw new PopulationConflict(finished);
    await Promise.all(targets.map((target) => openTarget(target, options)));
    const rows = await runSteps(targets, options);
    await Promise.all(targets.map(finish));
    return rows;
  } finally {
    await Promise.all(targets.map(({ database }) => database.close()));
  }
}

/** The population the agencies hold; `null` when nothing was ever loaded. */
export async function readPopulation(urls: DatabaseUrls): Promise<PopulationMark | null> {
  const read = async (url: string): Promise<PopulationMark | null> => {
    const database = connectDatabase({ url, poolSize: 1, queryTimeoutMs: 10_000 });
    return readMark(database).finally(() => database.close());
  };
  const marks = await Promise.all([...urls.values()].map(read));
  const first = marks.find((mark) => mark !== null) ?? null;
  return first && { ...first, isFinished: marks.every((mark) => mark?.isFinished === true) };
}

/** Loads a population unless a finished one is there; an unfinished one is finished. Answers the one that is there now. */
export async function populateOnce(options: LoadOptions): Promise<PopulationPlan> {
  const mark = await readPopulation(options.urls);
  if (mark?.isFinished) return mark;
  const plan = mark ?? options.plan;
  await loadPopulation({ ...options, plan });
  return plan;
}
