import { hashOf, isAmong } from '../random.ts';

/** What goes wrong while an operation runs. Decided by values alone, never by order or number of calls. */
export interface Weather {
  /** `kind:number`, from which the same weather can be made again. */
  readonly name: string;
  /** Whether the field of that thing fails with an error, or is `null` where nothing may be. */
  failsAt(coordinate: string): boolean;
  isNullAt(coordinate: string): boolean;
  /** Whether an entity cannot be found, or its look-up fails. */
  isMissing(identity: string): boolean;
  isUnreadable(identity: string): boolean;
  /** How a subgraph is out of order for a whole fetch; `null`: it is not. */
  outageOf(subgraph: string): 'unreachable' | 'refusing' | null;
  /** Whether a leaf is sent in a form that its type does not have. */
  isWild(leaf: string): boolean;
}

interface Climate {
  readonly faults: number;
  readonly nulls: number;
  readonly missing: number;
  readonly unreadable: number;
  readonly outages: number;
  readonly wild: number;
}

const calm: Climate = { faults: 0, nulls: 0, missing: 0, unreadable: 0, outages: 0, wild: 0 };

/** Fair: nothing goes wrong. Stormy: everything at once. */
const climates = {
  fair: calm,
  faulty: { ...calm, faults: 0.05 },
  holed: { ...calm, nulls: 0.06 },
  lost: { ...calm, missing: 0.2, unreadable: 0.15 },
  dark: { ...calm, outages: 0.4 },
  wild: { ...calm, wild: 0.1 },
  stormy: { faults: 0.04, nulls: 0.04, missing: 0.1, unreadable: 0.1, outages: 0.15, wild: 0 },
} as const satisfies Record<string, Climate>;

export type WeatherKind = keyof typeof climates;
export const weatherKinds = Object.keys(climates) as WeatherKind[];

/** The weather of that name (`lost:3`). */
export function readWeather(name: string): Weather {
  const climate = climates[name.split(':')[0] as WeatherKind];
  const draw = (share: number, what: string): boolean => share > 0 && isAmong(`${name}|${what}`, share);
  return {
    name,
    failsAt: (coordinate) => draw(climate.faults, `fault ${coordinate}`),
    isNullAt: (coordinate) => draw(climate.nulls, `null ${coordinate}`),
    isMissing: (identity) => draw(climate.missing, `missing ${identity}`),
    isUnreadable: (identity) => draw(climate.unreadable, `unreadable ${identity}`),
    outageOf: (subgraph) => {
      if (!draw(climate.outages, `outage ${subgraph}`)) return null;
      return hashOf(`${name}|${subgraph}`) % 2 === 0 ? 'unreachable' : 'refusing';
    },
    isWild: (leaf) => draw(climate.wild, `wild ${leaf}`),
  };
}
