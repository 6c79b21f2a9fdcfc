import { recordSubjects } from './grants.ts';
import { clients, purposeNotices, purposes } from './reference.ts';
import { subjectNumbers } from './subjects.ts';

export * from './grants.ts';
export * from './reference.ts';
export * from './subjects.ts';

export const referenceTables = [clients, purposes, purposeNotices];

/** Look-ups are keyed by what is looked up instead of by citizen. */
export const lookupTables = [subjectNumbers, recordSubjects];
