import { composeWorld, type World } from '../world/world.ts';
import { chain } from './chain.ts';
import { land } from './land.ts';
import { media } from './media.ts';
import { shop } from './shop.ts';
import { town } from './town.ts';

const texts = { shop, media, chain, town, land } as const;

export type WorldName = keyof typeof texts;
export const worldNames = Object.keys(texts) as WorldName[];

export const composeNamed = (name: WorldName): World => composeWorld(name, texts[name]);

/** Composes every world. */
export const composeWorlds = (): World[] => worldNames.map(composeNamed);
