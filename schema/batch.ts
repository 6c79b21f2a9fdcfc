/** What is put after the path of an agency's graph to ask it for several callers at once: `/graphql/batch`. */
export const batchSuffix = '/batch';

/** The most requests that travel together. */
export const maxBatchEntries = 64;
