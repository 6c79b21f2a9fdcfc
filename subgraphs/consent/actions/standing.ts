import { and, eq } from 'drizzle-orm';
import type { Transaction } from '#db';
import type { Standing } from '../consenters.ts';
import type { GrantRow, RequestRow } from '../loaders/index.ts';
import { consentRequests, grants, representations, subjects } from '../tables/index.ts';

/** Whom somebody acts about, in which capacity that leaves them; `null`: the register does not know them. */
export async function readStanding({ orm }: Transaction, citizenId: string): Promise<Standing | null> {
  const [subject] = await orm
    .select({ bornOn: subjects.bornOn })
    .from(subjects)
    .where(eq(subjects.citizenId, citizenId));
  if (!subject) return null;
  const links = await orm.select().from(representations).where(eq(representations.citizenId, citizenId));
  return { citizenId, bornOn: subject.bornOn, links };
}

/** The request, kept from being answered by anybody else until the transaction ends. */
export async function lockRequest(
  { orm }: Transaction,
  citizenId: string,
  requestId: string,
): Promise<RequestRow | null> {
  const [request] = await orm
    .select()
    .from(consentRequests)
    .where(and(eq(consentRequests.citizenId, citizenId), eq(consentRequests.requestId, requestId)))
    .for('update');
  return request ?? null;
}

/** The grant, kept from being changed by anybody else until the transaction ends. */
export async function lockGrant(
  { orm }: Transaction,
  citizenId: string,
  grantId: string,
): Promise<GrantRow | null> {
  const [grant] = await orm
    .select()
    .from(grants)
    .where(and(eq(grants.citizenId, citizenId), eq(grants.grantId, grantId)))
    .for('update');
  return grant ?? null;
}
