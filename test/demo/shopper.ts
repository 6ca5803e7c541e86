/** A customer of the demo's shop without a browser: places an order, calls the BFF as the checkout would, sends SMS. */
import assert from 'node:assert/strict';
import type { NextAction, PaymentView, Problem } from '#contract';
import type { NewOrder, OrderView } from '../../demo/page/qa-api.ts';
import type { Demo } from '../../demo/start-demo.ts';
import { waitFor } from '../support/wait-for.ts';

export interface Purchase {
  orderId: string;
  clientSecret: string;
  /** A POST of the customer's browser. A decline resolves with its problem, which holds the view. */
  ask(path: string, body?: object): Promise<{ status: number; view: PaymentView; problem: Problem['code'] | undefined }>;
  /** Reads the payment. */
  view(): Promise<PaymentView>;
  /** Resolves when the shop has received these webhooks, oldest first. @returns The order in the shop. */
  untilWebhooks(...types: string[]): Promise<OrderView>;
}

export interface Shopper {
  buy(wanted: NewOrder): Promise<Purchase>;
  /** The purchase of an order that was placed on the shop's pages. */
  purchaseOf(orderId: string): Promise<Purchase>;
  /** Sends the requested SMS. @returns The reply; null while the SMS has not arrived. */
  send(action: NextAction, how?: { delayMs?: number; duplicate?: boolean }): Promise<string | null>;
  /** A POST to the shop's server. */
  post<Answer>(path: string, body?: object): Promise<Answer>;
}

export const phoneNumber = '+48600100200';

/** @param demo Returns the demo, which a test may start after it has called this. */
export function shopper(demo: () => Demo): Shopper {
  const post = async <Answer>(path: string, body: object = {}): Promise<Answer> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(new URL(path, demo().urls.qa), { method: 'POST', headers, body: JSON.stringify(body) });
    assert.ok(answer.ok, `${path} answered ${answer.status}`);
    return answer.json();
  };

  const purchaseOf = async (orderId: string): Promise<Purchase> => {
    const page = await (await fetch(new URL(`/shop/checkout/${orderId}`, demo().urls.qa))).text();
    const clientSecret = /data-client-secret="([^"]+)"/.exec(page)?.[1] ?? assert.fail('no client secret on the page');
    const bff = (path: string, init: RequestInit = {}) => {
      const headers = { ...init.headers, authorization: `Bearer ${clientSecret}`, origin: new URL(demo().urls.qa).origin };
      return fetch(`${demo().urls.bff}/checkout${path}`, { ...init, headers });
    };
    return {
      orderId,
      clientSecret,
      async ask(path, body = {}) {
        const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
        const answer = await bff(`/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
        const answered = (await answer.json()) as PaymentView & { view?: PaymentView; code?: Problem['code'] };
        return { status: answer.status, view: answered.view ?? answered, problem: answered.code };
      },
      view: async () => (await bff('')).json(),
      async untilWebhooks(...types) {
        const seen = await waitFor(async () => {
          const known = (await (await fetch(new URL(`/orders/${orderId}`, demo().urls.qa))).json()) as OrderView;
          return known.webhooks.length >= types.length && known;
        }, 60_000);
        assert.deepEqual(
          seen.webhooks.map(({ type }) => type),
          types,
        );
        return seen;
      },
    };
  };

  return {
    post,
    purchaseOf,
    buy: async (wanted) => purchaseOf((await post<OrderView>('/orders', wanted)).id),
    async send(action, how = {}) {
      assert.ok(action.kind === 'send_sms', `asked for ${action.kind}, not for an SMS`);
      const sms = { from: phoneNumber, to: action.number, text: action.text, ...how };
      return (await post<{ mt: string | null }>('/qa/paycodes/sms', sms)).mt;
    },
  };
}
