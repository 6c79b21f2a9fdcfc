import { Kind, parse, print, visit, type ConstDirectiveNode } from 'graphql';
import { markNames, readSupergraph } from '#schema';

/** Our own agencies are refused without their marks; under other names they are somebody's. */
const prefix = 'bare-';

/** The agency behind a name of the bare supergraph. */
export const agencyOf = (name: string): string => name.slice(prefix.length);

const isMark = (name: string): boolean => markNames.some((mark) => mark === name);

const isLinkToMarks = ({ name, arguments: args = [] }: ConstDirectiveNode): boolean =>
  name.value === 'link' &&
  args.some(({ value }) => value.kind === Kind.STRING && value.value.includes('/consent/'));

/** `@join__graph` with a foreign name and, when wanted, another address. */
function rename(directive: ConstDirectiveNode, urlOf?: (agency: string) => string): ConstDirectiveNode {
  const own = directive.arguments?.find(({ name }) => name.value === 'name')?.value;
  const agency = own?.kind === Kind.STRING ? own.value : '';
  const values: Readonly<Record<string, string | undefined>> = {
    name: prefix + agency,
    url: urlOf?.(agency),
  };
  const changed = directive.arguments?.map((argument) => {
    const value = values[argument.name.value];
    return value === undefined ? argument : { ...argument, value: { kind: Kind.STRING, value } as const };
  });
  return { ...directive, arguments: changed ?? [] };
}

/** The committed supergraph without its marks, over agencies of other names. */
export function readBareSupergraph(urlOf?: (agency: string) => string): string {
  return print(
    visit(parse(readSupergraph(), { noLocation: true }), {
      DirectiveDefinition: ({ name }) => (isMark(name.value) ? null : undefined),
      FieldDefinition: (field) => ({
        ...field,
        directives: (field.directives ?? []).filter(({ name }) => !isMark(name.value)),
      }),
      Directive: (directive) => {
        if (isLinkToMarks(directive as ConstDirectiveNode)) return null;
        if (directive.name.value !== 'join__graph') return undefined;
        return rename(directive as ConstDirectiveNode, urlOf);
      },
    }),
  );
}
