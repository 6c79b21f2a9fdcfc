import { maskName, type Provenance } from '#kit';
import type { OtherMember, ResidenceFile } from './tables.ts';

/** The household of a citizen as the graph shows it: other people masked. */
export interface HouseholdView extends Provenance {
  readonly bookNumber: string | null;
  readonly relationToHead: string;
  readonly since: string;
  readonly headName: string | null;
  readonly memberCount: number;
  readonly members: readonly {
    readonly relationToHead: string;
    readonly maskedName: string;
  }[];
}

/** Without the day they joined: a child's is often the birthday. */
const maskMember = ({ fullName, relationToHead }: OtherMember) => ({
  relationToHead,
  maskedName: maskName(fullName),
});

function headNameOf({ relationToHead, fullName, headName }: ResidenceFile): string | null {
  if (relationToHead === 'HEAD') return fullName;
  return headName === null ? null : maskName(headName);
}

/** `null` when the citizen is registered in no household. */
export function householdOf(file: ResidenceFile): HouseholdView | null {
  const { relationToHead, memberSince, bookNumber, otherMembers, asOf, integrationStatus } = file;
  if (relationToHead === null || memberSince === null) return null;
  return {
    bookNumber,
    relationToHead,
    since: memberSince,
    headName: headNameOf(file),
    memberCount: otherMembers.length + 1,
    members: otherMembers.map(maskMember),
    asOf,
    integrationStatus,
  };
}
