import { GraphQLError } from 'graphql';

/** Refuses an argument by its name; `form` completes "… takes" and never contains the submitted value. */
export function badArgument(argument: string, form: string): GraphQLError {
  return new GraphQLError(`Argument "${argument}" takes ${form}.`, {
    extensions: { code: 'BAD_USER_INPUT', argument },
  });
}
