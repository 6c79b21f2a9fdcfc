import { parse, print } from 'graphql';

/** Puts fields without selections of their own side by side, as many as fit. */
function joinFields(lines: readonly string[], columns: number): readonly string[] {
  const joined: string[] = [];
  const isField = (line: string | undefined): line is string =>
    line !== undefined && /^ +\w+( \w+)*$/.test(line);
  const indentOf = (line: string): number => line.search(/\S/);
  for (const line of lines) {
    const last = joined.at(-1);
    const longer = `${last} ${line.trim()}`;
    const isMate = isField(last) && isField(line) && indentOf(last) === indentOf(line);
    if (isMate && longer.length <= columns) joined.splice(-1, 1, longer);
    else joined.push(line);
  }
  return joined;
}

/** Puts a selection of one line on the line of its field, where that fits. */
function closeSelections(text: string, columns: number): string {
  return text.replace(
    /^( *[^\n{}]*\{)\n +([^\n{}]*)\n *\}$/gm,
    (block: string, head: string, fields: string) => {
      const line = `${head} ${fields} }`;
      return line.length <= columns ? line : block;
    },
  );
}

/** The same document, laid out for an editor that shows so many columns. Throws when it is not valid GraphQL. */
export function layOut(query: string, columns: number): string {
  const lines = joinFields(print(parse(query)).split('\n'), columns);
  return `${closeSelections(lines.join('\n'), columns)}\n`;
}
