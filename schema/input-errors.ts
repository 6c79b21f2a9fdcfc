import { GraphQLError, Kind, TokenKind, type ASTNode, type GraphQLFormattedError, type Token } from 'graphql';
import { publicErrors } from './errors.ts';

const opening: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L]);
const closing: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

const valueKinds: ReadonlySet<string> = new Set([
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
  Kind.OBJECT_FIELD,
]);

/** Reads back from a value to the argument that it, or the list or object around it, is given to. */
function argumentOf(value: ASTNode): string | undefined {
  let depth = 0;
  let name: string | undefined;
  for (let token: Token | null | undefined = value.loc?.startToken.prev; token; token = token.prev) {
    if (closing.has(token.kind)) depth += 1;
    else if (depth > 0 && (opening.has(token.kind) || token.kind === TokenKind.PAREN_L)) depth -= 1;
    else if (depth === 0 && token.kind === TokenKind.PAREN_L) return name;
    else if (depth === 0 && token.kind === TokenKind.COLON) name = token.prev?.value;
  }
  return name;
}

function formOf(error: GraphQLError): string | undefined {
  const inner = error.originalError instanceof GraphQLError ? error.originalError : error;
  return inner.extensions['code'] === 'BAD_USER_INPUT' && !inner.message.startsWith('Variable')
    ? inner.message
    : undefined;
}

function describeVariable(error: GraphQLError): string | undefined {
  const [, name] = /^Variable "\$(\w+)" got invalid value /.exec(error.message) ?? [];
  if (name === undefined) return undefined;
  const node = error.nodes?.find((each) => each.kind === Kind.VARIABLE_DEFINITION);
  const type = node?.loc?.source.body.slice(node.type.loc?.start, node.type.loc?.end);
  const form =
    formOf(error) ?? (type ? `it takes a value of type ${type}.` : 'the value does not fit its type.');
  return `Variable "$${name}": ${form}`;
}

function describeLiteral(error: GraphQLError): string | undefined {
  const value = error.nodes?.find((node) => valueKinds.has(node.kind));
  if (!value) return undefined;
  return `Argument "${argumentOf(value) ?? 'unnamed'}": ${formOf(error) ?? 'the value does not fit its type.'}`;
}

/**
 * The words for a refused document or value. They name the argument or variable and never repeat what was
 * submitted, unlike those of graphql-js.
 */
export function describeInputError(error: unknown, formatted: GraphQLFormattedError): string {
  if (formatted.extensions?.['code'] === 'GRAPHQL_PARSE_FAILED') {
    const [at] = formatted.locations ?? [];
    const { message } = publicErrors.GRAPHQL_PARSE_FAILED;
    return at ? `${message.slice(0, -1)} (line ${at.line}, column ${at.column}).` : message;
  }
  if (!(error instanceof GraphQLError)) return formatted.message;
  return describeVariable(error) ?? describeLiteral(error) ?? formatted.message;
}
