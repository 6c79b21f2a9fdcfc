/** Names that every object has without owning them. */
const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Source text that reads an object's own property; `undefined` when it has none. `object`: a variable. */
export function readOwn(object: string, key: string): string {
  const name = JSON.stringify(key);
  return inherited.has(key)
    ? `(Object.hasOwn(${object},${name})?${object}[${name}]:undefined)`
    : `${object}[${name}]`;
}

/** Source text of a statement that sets an own property; `setOwn` must be in scope. */
export function writeOwn(object: string, key: string, value: string): string {
  const name = JSON.stringify(key);
  return key === '__proto__' ? `setOwn(${object},${name},${value});` : `${object}[${name}]=${value};`;
}

/** As an assignment, also where the key is `__proto__`. */
export function setOwn(object: object, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else (object as Record<string, unknown>)[key] = value;
}

/** An own property, `undefined` when there is none. */
export const ownOf = (object: object, key: string): unknown =>
  Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined;

/** Makes a function of source text, in which only the given names are known. */
export function generate<T>(scope: Readonly<Record<string, unknown>>, text: string): T {
  const names = Object.keys(scope);
  const make = new Function(...names, `"use strict";return ${text}`) as (...values: unknown[]) => T;
  return make(...names.map((name) => scope[name]));
}
