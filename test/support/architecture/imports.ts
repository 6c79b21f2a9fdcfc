import path from 'node:path';
import ts from 'typescript';

/** One import of a file, however it is written: static, dynamic, re-export or type. */
export interface Import {
  readonly specifier: string;
  /** Leaves nothing behind at run time. */
  readonly isTypeOnly: boolean;
  /** The file of the repository it means; undefined for npm packages and Node's own modules. */
  readonly target: string | undefined;
}

type Found = Pick<Import, 'specifier' | 'isTypeOnly'>;

function namesOnlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (clause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause?.namedBindings;
  if (!clause || clause.name || !names || !ts.isNamedImports(names)) return false;
  return names.elements.length > 0 && names.elements.every((element) => element.isTypeOnly);
}

const textOf = (node: ts.Node | undefined): string | undefined =>
  node && ts.isStringLiteralLike(node) ? node.text : undefined;

function isLoading(node: ts.CallExpression): boolean {
  return node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require';
}

function isModuleUrl(node: ts.NewExpression): boolean {
  const [file, base] = node.arguments ?? [];
  return base?.getText() === 'import.meta.url' && /^\.{1,2}\/.*\.tsx?$/.test(textOf(file) ?? '');
}

function describe(node: ts.Node): Found | undefined {
  const found = (specifier: string | undefined, isTypeOnly = false): Found | undefined =>
    specifier === undefined ? undefined : { specifier, isTypeOnly };
  if (ts.isImportDeclaration(node))
    return found(textOf(node.moduleSpecifier), namesOnlyTypes(node.importClause));
  if (ts.isExportDeclaration(node)) return found(textOf(node.moduleSpecifier), node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
    return found(textOf(node.argument.literal), true);
  if (ts.isCallExpression(node) && isLoading(node)) return found(textOf(node.arguments[0]));
  if (ts.isNewExpression(node) && isModuleUrl(node)) return found(textOf(node.arguments?.[0]));
  return undefined;
}

function resolve(
  specifier: string,
  from: string,
  known: ReadonlySet<string>,
  aliases: Readonly<Record<string, string>>,
): string | undefined {
  if (specifier.startsWith('#')) return aliases[specifier]?.replace(/^\.\//, '');
  if (!specifier.startsWith('.')) return undefined;
  const target = path.posix.join(path.posix.dirname(from), specifier);
  return known.has(target) ? target : path.posix.normalize(target);
}

/** Every import of a file, in the order of the text. */
export function findImports(
  syntax: ts.SourceFile,
  from: string,
  known: ReadonlySet<string>,
  aliases: Readonly<Record<string, string>>,
): readonly Import[] {
  const imports: Import[] = [];
  const visit = (node: ts.Node): void => {
    const found = describe(node);
    if (found) imports.push({ ...found, target: resolve(found.specifier, from, known, aliases) });
    ts.forEachChild(node, visit);
  };
  visit(syntax);
  return imports;
}
