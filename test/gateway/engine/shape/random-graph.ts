import { buildSchema, type GraphQLSchema } from 'graphql';

/** Numbers from 0 up to, not including, `below`; the same for the same seed. */
export type Draw = (below: number) => number;

export function createDraw(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const pick = <T>(draw: Draw, items: readonly T[]): T => items[draw(items.length)] as T;
const chance = (draw: Draw, percent: number): boolean => draw(100) < percent;

const leaves = ['Int', 'Float', 'String', 'Boolean', 'ID', 'Colour', 'Anything'];
const objects = ['A', 'B', 'C', 'D'];
const composites = [...objects, 'I', 'J', 'U'];

function wrap(draw: Draw, name: string): string {
  const inner = chance(draw, 30) ? `${name}!` : name;
  const listed = chance(draw, 30) ? `[${inner}]` : inner;
  const nested = listed !== inner && chance(draw, 20) ? `[${listed}]` : listed;
  return nested.endsWith('!') || chance(draw, 70) ? nested : `${nested}!`;
}

const fieldsOf = (draw: Draw, prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => {
    const name = chance(draw, 55) ? pick(draw, leaves) : pick(draw, composites);
    return `${prefix}${index}: ${wrap(draw, name)}`;
  });

/**
 * A schema of four object types, two interfaces and a union; `I` and `J` are implemented by some of them.
 * `stricter`: chance, in percent, that a type promises a value where its interface does not.
 */
export function drawSchema(draw: Draw, stricter = 0): GraphQLSchema {
  const tighten = (field: string): string =>
    field.endsWith('!') || !chance(draw, stricter) ? field : `${field}!`;
  const [i, j] = [fieldsOf(draw, 'i', 3), fieldsOf(draw, 'j', 2)];
  const types = objects.map((name, index) => {
    const isOf = [
      chance(draw, 60) || index === 0 ? 'I' : '',
      chance(draw, 50) || index === 1 ? 'J' : '',
    ].filter(Boolean);
    const own = fieldsOf(draw, name.toLowerCase(), 3);
    const fields = [
      ...own,
      ...(isOf.includes('I') ? i : []).map(tighten),
      ...(isOf.includes('J') ? j : []).map(tighten),
    ];
    return `type ${name} ${isOf.length ? `implements ${isOf.join(' & ')}` : ''} { ${fields.join('\n')} }`;
  });
  return buildSchema(`
    scalar Anything
    enum Colour { RED GREEN }
    interface I { ${i.join('\n')} }
    interface J { ${j.join('\n')} }
    union U = A | B | C
    type Query { ${fieldsOf(draw, 'q', 5).join('\n')} }
    ${types.join('\n')}
  `);
}
