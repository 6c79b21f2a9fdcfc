import { GraphQLError, type ValidationRule } from 'graphql';

/**
 * Refuses `__typename` as the alias of another field: the engine tells types apart under that key, and a client may not
 * write there.
 */
export const noTypeNameAlias: ValidationRule = (context) => ({
  Field: (node) => {
    if (node.alias?.value !== '__typename' || node.name.value === '__typename') return;
    context.reportError(
      new GraphQLError('The alias "__typename" is reserved for the name of the type.', { nodes: node }),
    );
  },
});
