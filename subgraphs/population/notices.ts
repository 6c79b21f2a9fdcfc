import { asc, eq, sql } from 'drizzle-orm';
import type { Database } from '#db';
import { acknowledgeNotices, firstDayOf, outboxIdOf } from '#kit';
import { maxNotices, type Notice, type PersonFacts, type ReadNotices } from '#schema';
import { citizens, notices, personIdentifiers } from './tables.ts';

/** What is noted, beside the person as they are now: all null when nobody is held under that id any more. */
function prepareReads({ orm }: Database) {
  const identifiers = sql<string[]>`array(select ${personIdentifiers.value} from ${personIdentifiers}
    where ${personIdentifiers.citizenId} = ${citizens.citizenId} and ${personIdentifiers.value} ~ '^([0-9]{9}|[0-9]{12})$')`;
  return orm
    .select({
      noticeId: notices.noticeId,
      notedVersion: notices.version,
      citizenId: notices.citizenId,
      person: {
        version: citizens.version,
        personalId: citizens.personalId,
        dateOfBirth: citizens.dateOfBirth,
        lifeStatus: citizens.lifeStatus,
        accountLevel: citizens.accountLevel,
        accountState: citizens.accountState,
      },
      identifiers,
    })
    .from(notices)
    .leftJoin(citizens, eq(citizens.citizenId, notices.citizenId))
    .orderBy(asc(notices.notedAt))
    .limit(maxNotices)
    .prepare('population_notices');
}

type Row = Awaited<ReturnType<ReturnType<typeof prepareReads>['execute']>>[number];
type Held = NonNullable<Row['person']>;

function accountOf({ accountLevel, accountState }: Held): PersonFacts['account'] {
  if (accountLevel === null || accountState === null) return null;
  return { level: accountLevel, state: accountState } as NonNullable<PersonFacts['account']>;
}

const nobody = { bornOn: '0001-01-01', lifeStatus: 'MISSING', account: null } as const;

function noticeOf({ person: held, ...row }: Row): Notice {
  const { citizenId, notedVersion, identifiers } = row;
  const noticeId = outboxIdOf(row);
  if (!held) {
    const body = { kind: 'person', person: { citizenId, ...nobody }, personalIds: [] } as const;
    return { noticeId, version: notedVersion, body };
  }
  const person: PersonFacts = {
    citizenId,
    bornOn: firstDayOf(held.dateOfBirth),
    lifeStatus: held.lifeStatus as PersonFacts['lifeStatus'],
    account: accountOf(held),
  };
  const personalIds = [...new Set([held.personalId, ...identifiers])];
  return { noticeId, version: held.version, body: { kind: 'person', person, personalIds } };
}

/** Whose life status, birth, numbers or account changed, for the register. */
export function createNotices(database: Database): ReadNotices {
  const read = prepareReads(database);
  return async (acknowledged) => {
    await acknowledgeNotices(database, acknowledged);
    return (await read.execute()).map(noticeOf);
  };
}
