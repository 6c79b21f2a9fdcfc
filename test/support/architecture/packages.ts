import { isBuiltin } from 'node:module';
import type ts from 'typescript';
import { SyntaxKind } from 'typescript';
import { productFolders, sourcesUnder, type Rule, type Source } from './tree.ts';

/** Run by developers and in CI, never by the product: these may use development packages, and nobody imports them. */
export const tools: Readonly<Record<string, string>> = {
  'schema/compose.ts': 'npm run compose',
  'db/drizzle.config.ts': 'drizzle-kit',
};

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const isPackage = (specifier: string): boolean => !/^[.#]/.test(specifier) && !isBuiltin(specifier);

/** The product runs after `npm ci --omit=dev`. */
export const packageRule: Rule = (tree) => {
  const { dependencies = {}, optionalDependencies = {} } = tree.manifest;
  const shipped = new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies)]);
  return sourcesUnder(tree, ...productFolders)
    .filter(({ path }) => !Object.hasOwn(tools, path))
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ specifier, isTypeOnly }) => isPackage(specifier) && !isTypeOnly)
        .filter(({ specifier }) => !shipped.has(packageOf(specifier)))
        .map(({ specifier }) => `${path}: ${packageOf(specifier)} is not among "dependencies".`),
    );
};

/** A tool is a program of its own. */
export const toolRule: Rule = (tree) =>
  sourcesUnder(tree, ...productFolders).flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => target !== undefined && Object.hasOwn(tools, target))
      .map(({ target }) => `${path}: imports the tool ${target ?? ''}.`),
  );

/** Programs: what package.json's scripts start, and what browsers and child processes load. */
function isEntry(tree: Parameters<Rule>[0], { path }: Source): boolean {
  const scripts = Object.values(tree.manifest.scripts ?? {}).join(' ');
  return scripts.split(/\s+/).includes(path) || path.includes('/browser/');
}

const acts = (statement: ts.Statement): boolean => {
  if (statement.kind !== SyntaxKind.ExpressionStatement) return false;
  return /^(await |void |new )?[\w.]+\s*\(/.test(statement.getText());
};

/** Nothing happens on import: only programs act at top level. */
export const quietRule: Rule = (tree) =>
  sourcesUnder(tree, ...productFolders)
    .filter((source) => !isEntry(tree, source))
    .flatMap(({ path, syntax }) =>
      syntax.statements
        .filter(acts)
        .map((statement) => `${path}: acts on import: ${statement.getText().slice(0, 40)}`),
    );
