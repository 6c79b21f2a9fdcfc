import ts from 'typescript';
import { productFolders, sourcesUnder, type Rule, type Source } from './tree.ts';

const topLevel = new Set(
  [
    ...productFolders,
    ...['test', 'bench', 'docs', '.ci', '.github', '.node'],
    ...['docker-compose.yml', 'Dockerfile', '.dockerignore', '.env.example'],
    ...['package.json', 'package-lock.json', 'tsconfig.json', '.npmrc'],
    ...['README.md', 'LICENSE', 'eslint.config.js', 'vitest.config.ts'],
    ...['.editorconfig', '.gitignore', '.prettierignore', '.prettierrc.json'],
  ].map(String),
);
/** Made on one machine and never committed (.gitignore). */
const isLocal = (name: string): boolean => name === '.env' || name.endsWith('.log');

/** The top level is fixed. */
export const topLevelRule: Rule = ({ paths }) => {
  const names = new Set(paths.map((file) => file.split('/')[0] ?? file));
  return [...names]
    .filter((name) => !topLevel.has(name) && !isLocal(name))
    .map((name) => `${name}: does not belong to the top level.`);
};

const drawers = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'types', 'lib', 'shared']);
const stemOf = (segment: string): string => segment.replace(/^_/, '').replace(/\..*$/, '');

/** A file or folder is named after what it is about; a drawer is about nothing. */
export const drawerRule: Rule = ({ paths }) =>
  paths
    .filter((file) => file.split('/').some((segment) => drawers.has(stemOf(segment))))
    .map((file) => `${file}: a drawer; name the idea it belongs to.`);

const kebab = /^_?[a-z0-9]+(-[a-z0-9]+)*(\.(test|d|config))?(\.[a-z0-9]+)?$/;
const codeFolders = new Set<string>([...productFolders, 'test', 'bench']);
const isForeign = (file: string): boolean => /\/migrations\//.test(file) || file.endsWith('/README.md');

/** Files and folders are kebab-case; drizzle-kit names its migrations itself. */
export const kebabRule: Rule = ({ paths }) =>
  paths
    .filter((file) => codeFolders.has(file.split('/')[0] ?? '') && !isForeign(file))
    .filter((file) => !file.split('/').every((segment) => kebab.test(segment)))
    .map((file) => `${file}: is not kebab-case.`);

/** Lines that are neither blank nor comment. */
export function countCode({ syntax }: Source): number {
  const lines = new Set<number>();
  const lineAt = (position: number): number => syntax.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const parts = node.getChildren(syntax);
    for (const part of parts) visit(part);
    if (parts.length > 0 || node.getWidth(syntax) === 0) return;
    for (let line = lineAt(node.getStart(syntax)); line <= lineAt(node.end); line += 1) lines.add(line);
  };
  visit(syntax);
  return lines.size;
}

export const lineBudget = 250;

/** Past the budget a file is split by noun. */
export const budgetRule: Rule = (tree) =>
  sourcesUnder(tree, ...productFolders, 'bench')
    .map((source) => ({ path: source.path, lines: countCode(source) }))
    .filter(({ lines }) => lines > lineBudget)
    .map(({ path, lines }) => `${path}: ${lines} lines of code, more than ${lineBudget}; split it by noun.`);
