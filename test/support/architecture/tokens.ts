import ts from 'typescript';
import { productFolders, sourcesUnder, type Rule, type Source } from './tree.ts';

/** The one maker of caller tokens. */
export const callerTokenFile = 'gateway/caller-token.ts';

/** They alone give the maker its keys. */
const holders = new Set([
  'gateway/all-in-one.ts',
  'gateway/remote-access.ts',
  'gateway/print-caller-token.ts',
]);

function usesName({ syntax }: Source, name: string): boolean {
  let isUsed = false;
  const visit = (node: ts.Node): void => {
    isUsed ||= ts.isIdentifier(node) && node.text === name;
    ts.forEachChild(node, visit);
  };
  visit(syntax);
  return isUsed;
}

/** Who can make a caller token can be anybody: one file makes them, and no agency's code reaches it. */
export const callerTokenRule: Rule = (tree) =>
  sourcesUnder(tree, ...productFolders)
    .filter(({ path }) => path !== callerTokenFile)
    .flatMap((source) => {
      const isMaker = usesName(source, 'signJws') && usesName(source, 'callerTokenType');
      const isHolder = source.imports.some(
        ({ target, isTypeOnly }) => target === callerTokenFile && !isTypeOnly,
      );
      return [
        ...(isMaker ? [`${source.path}: signs caller tokens; only ${callerTokenFile} does.`] : []),
        ...(isHolder && !holders.has(source.path)
          ? [`${source.path}: must not reach ${callerTokenFile}; it is handed the signing function.`]
          : []),
      ];
    });
