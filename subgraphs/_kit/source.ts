import type { AgencyName } from '#schema';

/** The columns of `provenance()` as they are read. */
export interface Provenance {
  readonly asOf: Date;
  readonly integrationStatus: string;
}

/** The `source` resolver of an agency's types: who holds the record, how fresh it is, whether it is in the e-ID. */
export function sourceOf(agency: AgencyName) {
  return (record: Provenance) => ({
    agency,
    asOf: record.asOf,
    integrationStatus: record.integrationStatus,
  });
}
