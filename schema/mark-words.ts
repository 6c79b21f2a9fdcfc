import { Kind, type DefinitionNode, type DocumentNode, type StringValueNode } from 'graphql';
import { coverTypes, isAllOpen, type Coverage } from './mark-coverage.ts';
import { markOf, needOf, type Mark } from './marks.ts';
import type { Need } from './decision.ts';
import { isScope, type MarkScope } from './scopes.ts';
import { isMarkOwner, readTypes, type SdlTypes } from './sdl-types.ts';

interface Words {
  readonly en: string;
  readonly vi: string;
}

/** Where a scope is not one of personal data. */
const ownWords: Readonly<Partial<Record<MarkScope, Words>>> = {
  ANY: { en: ' and a basis for at least one scope', vi: ' và căn cứ cho ít nhất một phạm vi' },
  OWN_CONSENTS: {
    en: ', signed in as a citizen through a first-party client',
    vi: ', công dân đăng nhập qua ứng dụng chính thức',
  },
};

const wordsOf = (scope: MarkScope): Words =>
  ownWords[scope] ?? { en: ` and a basis for scope ${scope}`, vi: ` và căn cứ cho phạm vi ${scope}` };

function describeNeed({ scope, minLevel }: Need): string {
  if (scope === 'REGISTER_AUDIT') return 'Needs: the role auditor (cần vai trò kiểm toán viên).';
  const { en, vi } = wordsOf(scope);
  return `Needs: level ${minLevel}${en} (cần tài khoản mức độ ${minLevel}${vi}).`;
}

/** What a mark asks of a reader, in one sentence, English and Vietnamese. */
export function describeMark(mark: Mark): string {
  const need = needOf(mark);
  if (need) return describeNeed(need);
  return mark.kind === 'open' ? `Open: ${mark.why.replace(/\.?$/, '.')}` : '';
}

function describeCover(name: string, types: SdlTypes, coverage: Coverage): string {
  const type = types.get(name);
  if (!type || isMarkOwner(name) || isAllOpen(type)) return '';
  const scopes = (coverage.get(name) ?? []).flatMap(({ mark }) => needOf(mark)?.scope ?? []);
  const named = [...new Set(scopes)].filter(isScope).join(', ');
  return named === '' ? '' : `Read under scope ${named} (thuộc phạm vi ${named}).`;
}

interface Described {
  readonly description?: StringValueNode | undefined;
}

function append<Node extends Described>(node: Node, words: string): Node {
  if (words === '') return node;
  const before = node.description?.value.trim() ?? '';
  const value = before === '' ? words : `${before}\n\n${words}`;
  return { ...node, description: { kind: Kind.STRING, value, block: true } };
}

function describeFields(definition: DefinitionNode): DefinitionNode {
  if (
    definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
    definition.kind !== Kind.OBJECT_TYPE_EXTENSION &&
    definition.kind !== Kind.INTERFACE_TYPE_DEFINITION &&
    definition.kind !== Kind.INTERFACE_TYPE_EXTENSION
  )
    return definition;
  const fields = (definition.fields ?? []).map((field) => {
    const mark = markOf(field);
    return mark ? append(field, describeMark(mark)) : field;
  });
  return { ...definition, fields };
}

/** Adds to the description of each marked field what it needs, and to that of each value type under which scope it is read. */
export function describeMarks(document: DocumentNode): DocumentNode {
  const types = readTypes(document);
  const coverage = coverTypes(types);
  const definitions = document.definitions.map((definition) => {
    const described = describeFields(definition);
    const isValue =
      described.kind === Kind.OBJECT_TYPE_DEFINITION || described.kind === Kind.INTERFACE_TYPE_DEFINITION;
    return isValue ? append(described, describeCover(described.name.value, types, coverage)) : described;
  });
  return { ...document, definitions };
}
