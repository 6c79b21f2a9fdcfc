/** Constant data of the heavy list: few things, reached by many paths. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly username: string;
}

export interface Product {
  readonly upc: string;
  readonly name: string;
  readonly price: number;
  readonly weight: number;
  readonly inStock: boolean;
}

export interface Review {
  readonly id: string;
  readonly body: string;
  readonly authorId: string;
  readonly upc: string;
}

const names = ['Hoà Bình', 'Thu Hằng', 'Minh Đức', 'Ngọc Lan', 'Quang Huy', 'Bảo Châu'];

export const users: readonly User[] = names.map((name, at) => ({
  id: String(at + 1),
  name,
  username: `user-${at + 1}`,
}));

const goods = [
  ['Table', 899, 100],
  ['Couch', 1299, 1000],
  ['Glass', 15, 20],
  ['Chair', 499, 100],
  ['Lamp', 60, 30],
  ['Shelf', 250, 400],
  ['Desk', 1050, 700],
  ['Rug', 120, 90],
  ['Clock', 45, 10],
] as const;

export const products: readonly Product[] = goods.map(([name, price, weight], at) => ({
  upc: String(at + 1),
  name,
  price,
  weight,
  inStock: at % 3 !== 1,
}));

const sentence =
  'It came on the promised day, well packed, and does what it is for; I would buy it again and say so to my neighbours. ';

/** Who wrote about what: (author, product). Each author wrote about two or three. */
const written = '1/1 1/2 2/1 2/3 3/2 3/4 4/5 4/1 5/4 5/3 6/2 6/5 1/3'.split(' ');

export const reviews: readonly Review[] = written.map((pair, at) => {
  const [authorId = '', upc = ''] = pair.split('/');
  return { id: String(at + 1), authorId, upc, body: sentence.repeat(3 + (at % 2)).trim() };
});

/** Free above a price, else by weight. */
export const shippingOf = (price: number, weight: number): number =>
  price > 1000 ? 0 : Math.round(weight * 0.5);
