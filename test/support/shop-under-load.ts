/** A shop whose customers are busy while something is changed: no request of theirs may fail. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from './wait-for.ts';

export interface ShopUnderLoad {
  /** How many customers were served so far. */
  served(): number;
  /** Resolves when so many more have been served. Rejects with the first failure. */
  serve(more: number): Promise<void>;
  /** Waits for the customers who are being served. Rejects with the first failure. */
  stop(): Promise<void>;
}

interface ShopOptions {
  /** The servers of the moment; each request goes to another one. */
  addresses(): readonly string[];
  /** The API key of the moment. */
  apiKey(): string;
  customers: number;
  /** When the first customer may come; at once by default. */
  ready?: Promise<unknown>;
}

/** The merchant's settings that the customers need: they are shown a code, which is stored sealed. */
export const payCodeSettings = (url: string, key: string, more: object = {}) => ({
  url,
  auth: { type: 'bearer', key },
  rules: [
    {
      slug: 'demo-reversed',
      kind: 'reversed',
      currency: 'PLN',
      priceScale: 2,
      sms: { number: '7255', keyword: 'PAY.CODE', price: 2500 },
    },
  ],
  limits: { shownPerAddress: 100_000 },
  timeoutMs: 30_000,
  ...more,
});

interface Answer {
  clientSecret?: string;
  nextAction?: { kind: string; text?: string };
}

export function createShopUnderLoad({ addresses, apiKey, customers, ready }: ShopOptions): ShopUnderLoad {
  let served = 0;
  let requests = 0;
  let stopped = false;
  let failure: unknown;

  const request = async (path: string, bearer: string, body?: object): Promise<Answer> => {
    requests += 1;
    const all = addresses();
    const headers = {
      authorization: `Bearer ${bearer}`,
      ...(body && { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }),
    };
    const response = await fetch(`${all[requests % all.length]}${path}`, {
      headers,
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    });
    const text = await response.text();
    assert.ok(response.ok, `${path} was answered with ${response.status}: ${text}`);
    return JSON.parse(text) as Answer;
  };
  const untilShown = (clientSecret: string) =>
    waitFor(async () => {
      const { nextAction } = await request('/checkout', clientSecret);
      return nextAction?.kind !== 'wait' && nextAction;
    });
  const serveOne = async (): Promise<void> => {
    const order = { amount: 2500, currency: 'PLN', orderId: crypto.randomUUID(), label: 'customer' };
    const { clientSecret = '' } = await request('/v1/payments', apiKey(), order);
    const begun = (await request('/checkout/reversed-sms/start', clientSecret, {})).nextAction;
    // On a busy machine the answer comes before that of PayCodes, as for a customer, whose widget asks again.
    const shown = begun?.text === undefined ? await untilShown(clientSecret) : begun;
    assert.match(shown.text ?? '', /^PAY\.CODE \w+$/);
    // The code is opened by whichever server is next.
    assert.equal((await request('/checkout', clientSecret)).nextAction?.text, shown.text);
    served += 1;
  };
  const customer = async (): Promise<void> => {
    await ready;
    while (!stopped) await serveOne();
  };
  const all = Promise.all(Array.from({ length: customers }, customer)).catch((cause: unknown) => {
    stopped = true;
    failure = cause;
  });
  const throwFailure = () => {
    if (failure) throw failure;
  };
  return {
    served: () => served,
    async serve(more) {
      const end = served + more;
      while (served < end && !stopped) await pause(10);
      throwFailure();
    },
    async stop() {
      stopped = true;
      await all;
      throwFailure();
    },
  };
}
