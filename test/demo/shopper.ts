/** Somebody who buys in the demo's shop without a browser: places an order, asks the BFF as the checkout would, sends SMS by a phone. */
import assert from 'node:assert/strict';
import type { NextAction, PaymentView, Problem } from '#contract';
import type { NewOrder, OrderView } from '../../demo/page/qa-api.ts';
import type { Demo } from '../../demo/start-demo.ts';
import { waitFor } from '../support/wait-for.ts';

export interface Purchase {
  orderId: string;
  clientSecret: string;
  /** A POST of the customer's browser. A refusal is answered by its problem, with the view in it. */
  ask(path: string, body?: object): Promise<{ status: number; view: PaymentView; problem: Problem['code'] | undefined }>;
  /** The payment as it is. */
  view(): Promise<PaymentView>;
  /** Settles when the shop has been told of these, oldest first. @returns the order as the shop knows it then. */
  told(...types: string[]): Promise<OrderView>;
}

export interface Shopper {
  buy(wanted: NewOrder): Promise<Purchase>;
  /** Of an order that was placed on the shop's pages. */
  purchaseOf(orderId: string): Promise<Purchase>;
  /** Sends what the checkout asks for. @returns the SMS that came back; null while it is on its way. */
  send(action: NextAction, how?: { delayMs?: number; duplicate?: boolean }): Promise<string | null>;
  /** A POST to the shop's server. */
  post<Answer>(path: string, body?: object): Promise<Answer>;
}

export const phoneNumber = '+48600100200';

/** @param demo As it is when it is asked: a test starts one after it has called this. */
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
        const said = (await answer.json()) as PaymentView & { view?: PaymentView; code?: Problem['code'] };
        return { status: answer.status, view: said.view ?? said, problem: said.code };
      },
      view: async () => (await bff('')).json(),
      async told(...types) {
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
