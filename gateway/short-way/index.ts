import type { Graph } from '../graph.ts';
import { serveLongWay } from '../long-way.ts';
import { sendWhole } from '../refusal.ts';
import { isPlainJson } from '../request-body.ts';
import type { Serve, Visit } from '../visit.ts';
import { createAcceptedTypes, type AcceptedTypes } from './accepted-types.ts';
import { answerKnown, type KnownVisit } from './answer.ts';
import { readAsked, type AskedOperation } from './asked-operation.ts';

/**
 * Which operations take the short way: `known` ones that Apollo Server has found valid before; with `all` also new ones,
 * which are validated on the way; `none`. Answers are the same.
 */
export type ShortWay = 'known' | 'all' | 'none';

function findOperation({ source, operationName }: AskedOperation, { known }: Graph, shortWay: ShortWay) {
  const found = known.find(source, operationName);
  return found ?? (shortWay === 'all' ? known.learn(source, operationName) : null);
}

/** `null`: something about the request is unusual, or the operation is not known. */
function recognise(visit: Visit, graph: Graph, types: AcceptedTypes, shortWay: ShortWay): KnownVisit | null {
  if (shortWay === 'none' || !isPlainJson(visit.request)) return null;
  const asked = readAsked(visit.body);
  const contentType = types.find(visit.request.headers.accept);
  if (!asked || contentType === undefined) return null;
  const known = findOperation(asked, graph, shortWay);
  return known && { visit, asked, known, contentType };
}

/**
 * Serves operations. On the short way a text is not parsed, validated or planned again, and is answered as Apollo Server
 * would answer. Everything unusual goes through Apollo Server.
 */
export function createServe(graph: Graph, shortWay: ShortWay): Serve {
  const types = createAcceptedTypes();
  return async (visit) => {
    const known = recognise(visit, graph, types, shortWay);
    if (known) return sendWhole(visit.response, await answerKnown(known, graph));
    const answer = await serveLongWay(graph.apollo, visit);
    types.learn(visit.request.headers.accept, answer);
  };
}
