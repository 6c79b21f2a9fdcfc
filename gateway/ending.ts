import type { ApolloServerPlugin } from '@apollo/server';
import type { Logger } from 'pino';
import { statusOfRefused, type JudgedAnswer } from './answer-status.ts';
import { challengeFor, isNothing } from './challenge.ts';
import type { GatewayContext } from './context.ts';
import { logOperation, type LoggedOperation } from './operation-log.ts';

/** An answer to an operation that is about to go out. */
export interface Ending extends LoggedOperation, JudgedAnswer {
  /** Whether its data hold no value at all. */
  readonly isNothing: () => boolean;
}

/** What of the HTTP answer depends on the GraphQL answer. */
export interface EndingHead {
  /** `undefined`: as the errors want it, else 200. */
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** The stations between execution and answer, the same whichever way an operation took. The answer waits for them. */
export type EndOperation = (ending: Ending) => Promise<EndingHead>;

export function createEnding(log: Logger): EndOperation {
  return async (ending) => {
    const challenge = challengeFor(ending);
    logOperation(log, ending);
    return {
      status: challenge.status ?? statusOfRefused(ending),
      headers: challenge.header === undefined ? {} : { 'www-authenticate': challenge.header },
    };
  };
}

/** The same stations for an operation that Apollo Server answers. */
export function endWithApollo(end: EndOperation, clockMs: () => number): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => {
      const startedMs = clockMs();
      return {
        willSendResponse: async ({ request, response, operation, contextValue }) => {
          if (response.body.kind !== 'single') return;
          const { data, errors = [] } = response.body.singleResult;
          const head = await end({
            context: contextValue,
            accept: request.http?.headers.get('accept'),
            operation,
            durationMs: clockMs() - startedMs,
            errors,
            hasData: data != null,
            isNothing: () => isNothing(data),
          });
          if (head.status !== undefined) response.http.status = head.status;
          for (const name in head.headers) response.http.headers.set(name, head.headers[name] as string);
        },
      };
    },
  };
}
