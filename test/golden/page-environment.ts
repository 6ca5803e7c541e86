/**
 * The environment in which the QA page's scenarios run without a browser: relative addresses lead to the shop, random numbers are
 * the same each time, and the clocks of BFF and services move by one second before each request. Other code of this process, such
 * as the servers, is not affected.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface PageEnvironment {
  /** Origin of the page. */
  origin: string;
  /** Between 0 and 1, as `Math.random`. */
  random(): number;
  /** Is called before each request that takes simulated time. */
  before(): Promise<void>;
}

const environments = new AsyncLocalStorage<PageEnvironment>();
const { fetch: plainFetch } = globalThis;
const { random } = Math;

export const inPageEnvironment = <Result>(environment: PageEnvironment, run: () => Promise<Result>): Promise<Result> => {
  globalThis.fetch = pageFetch;
  Math.random = () => environments.getStore()?.random() ?? random();
  return environments.run(environment, run);
};

/** The original `fetch`, which takes no simulated time. */
export { plainFetch };

const pageFetch: typeof fetch = async (input, init) => {
  const environment = environments.getStore();
  if (!environment || typeof input !== 'string') return plainFetch(input, init);
  const url = new URL(input, environment.origin);
  // The tester's controls, and loading the checkout page, take no time.
  const isControl = url.origin === environment.origin && /^\/(shop|qa\/(?!line\/checkout|payme\/ledger))/.test(url.pathname);
  if (!isControl) await environment.before();
  return plainFetch(url, init);
};

/** Pseudo-random numbers from 0 to 1 that are the same for the same seed. */
export function seededRandom(seed: string): () => number {
  let state = 2_166_136_261;
  for (const sign of seed) state = Math.imul(state ^ sign.charCodeAt(0), 16_777_619);
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}
