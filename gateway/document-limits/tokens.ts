import { Lexer, Source, TokenKind } from 'graphql';
import type { DocumentMaxima, LimitName } from './maxima.ts';

const opening: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Selections between two fields on the way down: fragments in fragments. */
const bracketsPerField = 4;

/** How far brackets of any kind may be nested. */
export const maxLevels = ({ depth, introspectionDepth }: DocumentMaxima): number =>
  bracketsPerField * Math.max(depth, introspectionDepth);

/**
 * The first limit that the text alone goes beyond, found before a parser descends into it. Linear in the limit.
 * @throws GraphQLError where the text is not made of GraphQL tokens
 */
export function findTokenExcess(text: string, maxima: DocumentMaxima): LimitName | null {
  const lexer = new Lexer(new Source(text));
  const levels = maxLevels(maxima);
  let count = 0;
  let level = 0;
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    count += 1;
    if (count > maxima.tokens) return 'tokens';
    if (opening.has(token.kind)) level += 1;
    else if (closing.has(token.kind)) level -= 1;
    if (level > levels) return 'depth';
  }
  return null;
}
