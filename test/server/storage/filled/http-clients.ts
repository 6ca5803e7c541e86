/** HTTP clients of the server: a customer's browser and a merchant's server. Every view is checked against the contract. */
import assert from 'node:assert/strict';
import { CreatedPayment, type CreatePayment, Payment, PaymentView, ProblemDetails } from '../../../../server/contract/index.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { keys, type MerchantId } from './keys.ts';

async function ask(address: string, bearer: string, path: string, body?: object | FormData, key?: string, method?: string) {
  const json = body !== undefined && !(body instanceof FormData);
  const response = await fetch(address + path, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      authorization: `Bearer ${bearer}`,
      ...(json && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    ...(body !== undefined && { body: json ? JSON.stringify(body) : body }),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}

/** A customer's browser: it has the client secret of a payment. */
export function customer(address: string, clientSecret: string) {
  const view = async (): Promise<PaymentView> => {
    const { status, body } = await ask(address, clientSecret, '/checkout');
    assert.equal(status, 200, JSON.stringify(body));
    return PaymentView.parse(body);
  };
  return {
    view,
    /** @returns The fresh view, and the code of the problem where the request was refused. */
    async post(path: string, body: object | FormData = {}, key?: string): Promise<{ view: PaymentView; problem: string | null }> {
      const answer = await ask(address, clientSecret, `/checkout/${path}`, body, key);
      if (answer.status === 200) return { view: PaymentView.parse(answer.body), problem: null };
      const { code } = ProblemDetails.parse(answer.body);
      assert.ok(answer.status < 500 || code === 'provider_unavailable', `${path}: ${answer.status} ${code}`);
      return { view: PaymentView.parse(Object(answer.body).view ?? (await view())), problem: code };
    },
    until: (fits: (view: PaymentView) => boolean, ms?: number): Promise<PaymentView> =>
      waitFor(async () => {
        const now = await view();
        return fits(now) && now;
      }, ms),
  };
}
export type Customer = ReturnType<typeof customer>;

/** A merchant's own server. */
export function merchant(address: string, id: MerchantId) {
  const bearer = keys[id];
  return {
    async create(wanted: CreatePayment, key: string): Promise<CreatedPayment> {
      const { status, body } = await ask(address, bearer, '/v1/payments', wanted, key);
      assert.equal(status, 201, JSON.stringify(body));
      return CreatedPayment.parse(body);
    },
    /** The status of an answer that is not expected to be a success. */
    tryToCreate: async (wanted: CreatePayment, key: string): Promise<number> =>
      (await ask(address, bearer, '/v1/payments', wanted, key)).status,
    async read(paymentId: string): Promise<Payment> {
      // Dozens are read at once, and a busy machine asks for one more try, as it does of a shop.
      for (let tries = 1; ; tries += 1) {
        const { status, body } = await ask(address, bearer, `/v1/payments/${paymentId}`);
        if (status === 503 && tries < 10) continue;
        assert.equal(status, 200, JSON.stringify(body));
        return Payment.parse(body);
      }
    },
    async post(path: string, body: object = {}): Promise<void> {
      const answer = await ask(address, bearer, `/v1/payments/${path}`, body);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
    },
    async cards(label: string): Promise<{ id: string; number: string }[]> {
      const { status, body } = await ask(address, bearer, `/v1/customers/${label}/cards`);
      assert.equal(status, 200, JSON.stringify(body));
      return (body as { cards: { id: string; number: string }[] }).cards;
    },
    async removeCard(label: string, id: string): Promise<void> {
      const { status } = await ask(address, bearer, `/v1/customers/${label}/cards/${id}`, undefined, undefined, 'DELETE');
      assert.equal(status, 200);
    },
  };
}
