/**
 * Where the drivers of the QA states run without a browser: relative addresses are the shop's, chance is the same each time, and each request
 * of the page comes one second after the one before, by the clocks of the BFF and of the services. Other code of this process, the servers
 * among it, is left alone.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface PageWorld {
  /** Where the page is from. */
  origin: string;
  /** Between 0 and 1, as `Math.random`. */
  random(): number;
  /** Called before each request that takes a moment. */
  before(): Promise<void>;
}

const worlds = new AsyncLocalStorage<PageWorld>();
const { fetch: plainFetch } = globalThis;
const { random } = Math;

export const inPageWorld = <Result>(world: PageWorld, run: () => Promise<Result>): Promise<Result> => {
  globalThis.fetch = pageFetch;
  Math.random = () => worlds.getStore()?.random() ?? random();
  return worlds.run(world, run);
};

/** Without a turn of its own. */
export { plainFetch };

const pageFetch: typeof fetch = async (asked, init) => {
  const world = worlds.getStore();
  if (!world || typeof asked !== 'string') return plainFetch(asked, init);
  const url = new URL(asked, world.origin);
  // What a tester switches, and the page that shows the checkout, take no time.
  const isSwitch = url.origin === world.origin && /^\/(shop|qa\/(?!line\/checkout|payme\/ledger))/.test(url.pathname);
  if (!isSwitch) await world.before();
  return plainFetch(url, init);
};

/** A row of numbers that look random and are the same for the same seed. */
export function seededRandom(seed: string): () => number {
  let state = 2_166_136_261;
  for (const sign of seed) state = Math.imul(state ^ sign.charCodeAt(0), 16_777_619);
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}
