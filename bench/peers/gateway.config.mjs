/** Hive Gateway as it comes, but for one thing: identical requests to a subgraph are not made one. */
export const gatewayConfig = {
  transportEntries: { '*': { options: { deduplicateInflightRequests: false } } },
  inboundInflightRequestDeduplication: false,
  logging: 'error',
};
