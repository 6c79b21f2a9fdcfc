/** Carries the id of the client's request from the gateway to every agency it asks. */
export const requestIdHeader = 'x-request-id';
