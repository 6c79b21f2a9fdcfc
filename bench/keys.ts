import { randomBytes } from 'node:crypto';
import { agencyNames, callerKeyVariableOf, type AgencyName } from '#schema';
import { isOther, registerAskers, registerKeyVariableOf } from '../subgraphs/variables.ts';

type Variables = Readonly<Record<string, string>>;

/** The keys that the processes of one stack share, as each finds them in its environment. */
export interface StackKeys {
  readonly ofGateway: Variables;
  readonly ofAgency: (name: AgencyName) => Variables;
}

const makeKey = (): string => randomBytes(32).toString('base64url');

/** New keys for one stack. */
export function makeKeys(): StackKeys {
  const callerKeys = Object.fromEntries(agencyNames.map((name) => [callerKeyVariableOf(name), makeKey()]));
  const registerKeys = Object.fromEntries(
    registerAskers.map((name) => [registerKeyVariableOf(name), makeKey()]),
  );
  const find = (keys: Variables, name: string): string => keys[name] ?? '';
  const gatewayKey = registerKeyVariableOf('gateway');
  return {
    ofGateway: { ...callerKeys, [gatewayKey]: find(registerKeys, gatewayKey) },
    ofAgency: (name) => ({
      CALLER_KEY: find(callerKeys, callerKeyVariableOf(name)),
      ...(isOther(name) ? { REGISTER_KEY: find(registerKeys, registerKeyVariableOf(name)) } : registerKeys),
    }),
  };
}
