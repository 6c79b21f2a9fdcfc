import ts from 'typescript';
import { productFolders, sourcesUnder, type Rule, type Source } from './tree.ts';

function listNodes(source: Source, matches: (node: ts.Node) => boolean): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (matches(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source.syntax);
  return found;
}

const lineOf = (source: Source, node: ts.Node): number =>
  source.syntax.getLineAndCharacterOfPosition(node.getStart()).line + 1;

const importsName = (node: ts.Node, name: string, module: RegExp): boolean =>
  ts.isImportSpecifier(node) &&
  (node.propertyName ?? node.name).text === name &&
  module.test(node.parent.parent.parent.moduleSpecifier.getText());

function readsEnvironment(node: ts.Node): boolean {
  if (importsName(node, 'env', /['"](node:)?process['"]/)) return true;
  if (ts.isElementAccessExpression(node))
    return (
      node.expression.getText() === 'process' && /^['"`]env['"`]$/.test(node.argumentExpression.getText())
    );
  return ts.isPropertyAccessExpression(node) && node.getText().replaceAll(/[\s?]/g, '') === 'process.env';
}

const isConfig = (file: string): boolean => /(^|\/)config\.ts$/.test(file);

/** The environment is read once, by the `config.ts` of each process. */
export const environmentRule: Rule = (tree) =>
  sourcesUnder(tree, ...productFolders, 'bench')
    .filter(({ path }) => !isConfig(path))
    .flatMap((source) =>
      listNodes(source, readsEnvironment).map(
        (node) => `${source.path}: line ${lineOf(source, node)} reads the environment outside a config.ts.`,
      ),
    );

const clockCalls = /^(Date\.now|(globalThis\.)?performance\.now|process\.(hrtime(\.bigint)?|uptime)|Date)$/;

function readsClock(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && !node.arguments?.length;
  if (importsName(node, 'hrtime', /['"](node:)?process['"]/)) return true;
  return ts.isCallExpression(node) && clockCalls.test(node.expression.getText());
}

/** The only files that may ask what time it is, each with its reason. Everything else is told. */
export const clockFiles: Readonly<Record<string, string>> = {
  'db/lanes.ts': 'time limit of a statement, by the monotonic clock',
  'db/population/issuer/print-token.ts': 'entry point: when the token is issued',
  'db/population/print-personas.ts': 'entry point: today, when no population was loaded',
  'gateway/all-in-one.ts': 'entry point: gives the agencies their clock, times the first load',
  'gateway/print-caller-token.ts': 'entry point: when the token begins',
  'gateway/graph.ts': 'duration of an operation for its log line',
  'gateway/main.ts': 'entry point: gives the gateway its clocks',
  'subgraphs/main.ts': 'entry point: gives the agency its clock',
  'subgraphs/populate.ts': 'entry point: the day of the population, the rate of the load',
};

/** Time is an argument. */
export function clockRuleFor(allowed: Readonly<Record<string, string>>): Rule {
  return (tree) =>
    sourcesUnder(tree, ...productFolders)
      .filter(({ path }) => !Object.hasOwn(allowed, path))
      .flatMap((source) =>
        listNodes(source, readsClock).map(
          (node) =>
            `${source.path}: line ${lineOf(source, node)} reads the clock; take the time as an argument.`,
        ),
      );
}

export const clockRule: Rule = clockRuleFor(clockFiles);

/** A permission nobody uses any more is an open door. */
export const clockListRule: Rule = ({ sources }) =>
  Object.keys(clockFiles).flatMap((file) => {
    const source = sources.get(file);
    const isUsed = source && listNodes(source, readsClock).length > 0;
    return isUsed ? [] : [`${file}: may read the clock but does not; take it off the list.`];
  });
