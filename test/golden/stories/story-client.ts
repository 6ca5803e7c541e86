/** The callers of the BFF in a story: a merchant's server and the customer's browser. */
import { demoKeys } from '../../../server/demo-keys.ts';
import type { FrozenDemo } from '../frozen-demo.ts';
import type { JsonObject } from '../json.ts';

interface RequestOptions {
  body?: object | undefined;
  headers?: Record<string, string> | undefined;
}

export class StoryClient {
  readonly #bff: string;

  constructor({ origins }: FrozenDemo) {
    this.#bff = origins.bff;
  }

  /** @param key Idempotency-Key. */
  merchant(ask: string, body?: object, key?: string): Promise<JsonObject> {
    const headers = { authorization: `Bearer ${demoKeys.apiKey}`, ...(key && { 'idempotency-key': key }) };
    return this.anybody(ask, { body, headers });
  }

  /** @param secret Client secret of the payment; its page sends an Idempotency-Key with each click. */
  customer(secret: string, ask: string, body?: object): Promise<JsonObject> {
    const headers = {
      authorization: `Bearer ${secret}`,
      ...(!ask.startsWith('GET') && { 'idempotency-key': crypto.randomUUID() }),
    };
    return this.anybody(ask, { body, headers });
  }

  /** @param ask Method and path. @returns The body of the answer; `{}` where there is none. */
  async anybody(ask: string, { body, headers = {} }: RequestOptions = {}): Promise<JsonObject> {
    const [method = '', path = ''] = ask.split(' ');
    const response = await fetch(this.#bff + path, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return text ? (JSON.parse(text) as JsonObject) : {};
  }

  /** Creates a payment, by default of 25.00 PLN. @returns Its id and client secret. */
  async create(wanted: object, key = 'first'): Promise<{ id: string; secret: string }> {
    const order = { amount: 2_500, currency: 'PLN', orderId: 'order-1', label: 'customer-1', ...wanted };
    const { payment, clientSecret } = await this.merchant('POST /v1/payments', order, key);
    return { id: String((payment as JsonObject | undefined)?.id), secret: String(clientSecret) };
  }
}
