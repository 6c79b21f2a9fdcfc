import { transform } from 'esbuild';

const options = {
  loader: 'ts',
  format: 'esm',
  target: 'node20.19',
  sourcemap: 'inline',
  sourcesContent: false,
};

/** `load` hook of node:module. */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const { source } = await next(url, { ...context, format: 'module' });
  const { code } = await transform(source, { ...options, sourcefile: url });
  return { format: 'module', source: code, shortCircuit: true };
}
