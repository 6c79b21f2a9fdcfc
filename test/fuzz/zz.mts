import { judge } from './campaign.ts';
import { startOurs } from './sides/ours.ts';
import { startStock } from './sides/stock.ts';
import { composeNamed } from './worlds/index.ts';
const show = async (name: any, text: string, variables: any, weather = 'fair:0') => { const world = composeNamed(name); const m = { world, stock: await startStock(world), ours: await startOurs(world) };
 const v = await judge(m, { operation: { text, variables }, weather }); console.log(v.rule, JSON.stringify(v.difference), v.ours.run.effects, v.effects, '\nS', v.stock.data, '\nO', v.ours.data, '\nT', v.truth); };
await show('town', 'mutation One($if0: Boolean! = false) { forget(ids: []) ... on Mutation { ...FOne0 } } fragment FOne0 on Mutation { register(name: "x") { homes @include(if: $if0) { value } } }', {});
await show('media', 'query One($if0: Boolean!) { shelf { ...FOne0 ...FOne3 } } fragment FOne0 on Film { praise } fragment FOne2 on Book { byline } fragment FOne3 on Media { ... { byline } ...FOne2 @skip(if: $if0) }', {if0:true});
await show('media', 'query One { shelf { ...FOne2 } } fragment FOne1 on Media { byline ... on Film { praise } } fragment FOne2 on Media { byline ...FOne1 }', {});
