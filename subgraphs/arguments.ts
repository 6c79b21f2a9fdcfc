import { parseArgs } from 'node:util';
import { agencyNames, type AgencyName } from '#schema';

const isAgency = (name: string | undefined): name is AgencyName => agencyNames.some((each) => each === name);

const usage = `Name the agencies of this process: npm run agency -- NAME [NAME…] [--port N], or --all. NAME is ${agencyNames.join(', ')}; --port is for one alone.`;

/** Which agencies the process serves. */
export interface Arguments {
  readonly names: readonly AgencyName[];
  readonly port: string | undefined;
}

/** @throws Error that says how it is called */
export function readArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { port: { type: 'string' }, all: { type: 'boolean', default: false } },
  });
  const names = values.all ? agencyNames : positionals.filter(isAgency);
  const isWhole = values.all ? positionals.length === 0 : names.length === positionals.length;
  const isOnce = new Set(names).size === names.length;
  if (names.length === 0 || !isWhole || !isOnce || (names.length > 1 && values.port !== undefined))
    throw new Error(usage);
  return { names, port: values.port };
}
