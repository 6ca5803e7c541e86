/** Randomness that can be repeated: the same seed draws the same. */

export interface Random {
  /** A whole number from 0 to `below - 1`. */
  below(below: number): number;
  /** True in one of `n` draws. */
  oneIn(n: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    oneIn: (n) => below(n) === 0,
    pick: <Item>(items: readonly Item[]) => items[below(items.length)] as Item,
  };
}
