import type { BenchConfig } from '../config.ts';
import { measureRound, takeTurns, type Round } from '../measure.ts';
import { endServer, pidsOf, type Server } from '../servers.ts';
import {
  collectAnswers,
  compareAnswers,
  questionsOf,
  sizeOf,
  type Answers,
  type Likeness,
} from './answers.ts';
import { competitors, type Competitor } from './competitors.ts';
import { openGround, startCompetitor, type Ground } from './ground.ts';
import { havePeers } from './peers.ts';
import type { WorkloadName } from './workloads.ts';

/** A gateway that runs, and what it answers. */
interface Runner {
  readonly competitor: Competitor;
  readonly server: Server;
  readonly answers: Answers;
}

/** One gateway's result on a workload. */
export interface EngineResult {
  readonly name: string;
  readonly likeness: Likeness;
  readonly rounds: readonly Round<'gateway'>[];
}

/** Gateways side by side on one workload and number of connections; the first is stock. */
export interface EngineComparison {
  readonly title: string;
  readonly connections: number;
  readonly answerBytes: number;
  readonly results: readonly EngineResult[];
}

async function startRunner(competitor: Competitor, ground: Ground): Promise<Runner> {
  const server = await startCompetitor(competitor, ground);
  try {
    return { competitor, server, answers: await collectAnswers(server.origin, ground.workload) };
  } catch (error) {
    await endServer(server);
    throw error;
  }
}

/** A peer that does not start or answer is left out with a sentence; stock and ours must. */
async function startRunners(name: WorkloadName, ground: Ground): Promise<readonly Runner[]> {
  const runners: Runner[] = [];
  const hasPeers = await havePeers();
  const taking = competitors.filter(({ only = name }) => only === name);
  for (const competitor of taking.filter(({ isPeer }) => hasPeers || !isPeer))
    try {
      runners.push(await startRunner(competitor, ground));
    } catch (error) {
      console.log(`${competitor.name}: left out. ${error instanceof Error ? error.message : ''}`);
      if (competitor.isPeer) continue;
      await Promise.all(runners.map(({ server }) => endServer(server)));
      throw error;
    }
  return runners;
}

async function compareAt(
  runners: readonly Runner[],
  connections: number,
  config: BenchConfig,
): Promise<readonly EngineResult[]> {
  const run = ({ server, answers }: Runner, warmUpMs: number): Promise<Round<'gateway'>> =>
    measureRound(
      { gateway: pidsOf([server]) },
      {
        origin: server.origin,
        connections,
        headers: {},
        warmUpMs,
        measureMs: config.seconds * 1000,
        next: questionsOf(answers),
      },
    );
  const rounds = await takeTurns(runners, config.rounds ?? 5, run);
  const [stock] = runners;
  return runners.map(({ competitor, answers }, at) => ({
    name: competitor.name,
    likeness: stock ? compareAnswers(stock.answers, answers) : 'other data',
    rounds: rounds[at] ?? [],
  }));
}

/** Compares all gateways on one workload. */
export async function compareEngines(name: WorkloadName, config: BenchConfig): Promise<EngineComparison[]> {
  const ground = await openGround(name, config.launch);
  const runners: Runner[] = [];
  try {
    runners.push(...(await startRunners(name, ground)));
    const comparisons: EngineComparison[] = [];
    for (const connections of config.connections ?? [16]) {
      const results = await compareAt(runners, connections, config);
      const answerBytes = runners[0] ? sizeOf(runners[0].answers) : 0;
      comparisons.push({ title: ground.workload.title, connections, answerBytes, results });
    }
    return comparisons;
  } finally {
    await Promise.all(runners.map(({ server }) => endServer(server)));
    await ground.close();
  }
}
