import { maxSubjects, type FactsSource } from '#schema';
import type { EngineRequest, RestoredField, Stations } from './engine/engine.ts';
import { createClientReader } from './engine/known-client.ts';
import { budgetSpent, personalNumberInAddress, tooManySubjects } from './limits.ts';
import { payerOf, type SubjectBudget } from './subject-budget.ts';

export interface StationOptions {
  readonly readClient: FactsSource['readClient'];
  readonly budget: SubjectBudget;
  /** Milliseconds of the monotonic clock. */
  readonly clockMs: () => number;
}

/** At most 100 people in an operation, and no more per minute than the client's budget. */
const admitNumbers =
  (budget: SubjectBudget): Stations['admitNumbers'] =>
  (request, numbers, client) => {
    const { caller, subjects } = request.context;
    if (numbers.length > maxSubjects) return tooManySubjects();
    subjects.numbers = numbers.length;
    subjects.payer = payerOf(caller, client);
    if (subjects.payer === null || numbers.length === 0) return null;
    const retryAfterSeconds = budget.spend(subjects.payer, numbers);
    return retryAfterSeconds === null ? null : budgetSpent(retryAfterSeconds);
  };

/** A refusal of the gateway is a decision like an agency's. */
function noteRefused(request: EngineRequest, fields: readonly RestoredField[]): void {
  const { decisions } = request.context;
  for (const { reason, scope, path } of fields)
    decisions.push({
      agency: 'gateway',
      subject: null,
      scope,
      isAllowed: false,
      basis: null,
      grantId: null,
      reason,
      paths: [path.join('.')],
    });
}

/** What is judged before an operation is planned. */
export function createStations({ readClient, budget, clockMs }: StationOptions): Stations {
  return {
    callerOf: (request) => request.context.caller,
    readClient: createClientReader({ readClient, clockMs }),
    admitForm: (request, takesNumbers) =>
      takesNumbers && request.method === 'GET' ? personalNumberInAddress() : null,
    admitNumbers: admitNumbers(budget),
    onRefused: noteRefused,
  };
}
