/**
 * The whole server over HTTP with simulators of all three services: a merchant that sells by all of them, and one that sells by
 * few codes.
 */
import { createPayCodesSimulator } from '../../../../demo/simulators/paycodes/simulator.ts';
import { createPaykassmaSimulator } from '../../../../demo/simulators/paykassma/simulator.ts';
import { createPaymeSimulator } from '../../../../demo/simulators/payme/simulator.ts';
import type { CreatedPayment, PaymentView, ProblemDetails } from '../../../../server/contract/index.ts';
import { manyCards } from '../../../support/card-test-bed.ts';
import { startTestServer, testMerchant } from '../../../support/test-server.ts';
import { allRules } from './all-rules.ts';

/** The view, or a problem that contains the fresh view. */
export type Answer = PaymentView & Partial<Pick<ProblemDetails, 'code' | 'view'>>;
const keys = { shop: 'sk_test_code_shop', rival: 'sk_test_code_rival', plain: 'sk_test_code_plain' };

const abroad = [
  { kind: 'enter', slug: 'demo-enter-uzs', currency: 'UZS', priceScale: 2 },
  { kind: 'discount', slug: 'demo-discount-uzs', currency: 'UZS', priceScale: 2 },
  { kind: 'enter', slug: 'demo-enter-mmk', currency: 'MMK', priceScale: 2 },
  { kind: 'discount', slug: 'demo-discount-mmk', currency: 'MMK', priceScale: 2 },
];

export async function createPayCodeHttpTestBed() {
  // No two calls at the same time, so that the ledgers of all three show the order of calls.
  let ticks = Date.now();
  const now = () => {
    ticks += 1;
    return ticks;
  };
  const paycodes = await createPayCodesSimulator({ now });
  const payme = await createPaymeSimulator({ now, settings: { cancelMs: 1 } });
  const paykassma = await createPaykassmaSimulator({ now });
  const limits = {
    wrongPerAddress: 1_000,
    wrongPerCustomer: 1_000,
    shownPerAddress: 1_000,
    wrongPerMerchant: 1_000,
    floorMs: 50,
  };
  const payCode = { url: paycodes.url, auth: { type: 'bearer', key: paycodes.key }, limits, rules: [...allRules, ...abroad] };
  const card = {
    url: payme.url,
    cashboxId: payme.cashbox.id,
    key: payme.cashbox.key,
    limits: manyCards,
  };
  const wallet = { url: paykassma.url, ...paykassma.keys, wallets: ['wavepay'] };
  const methods = {
    shop: { payCode, card, wallet },
    rival: { payCode: { ...payCode, rules: allRules.filter(({ slug }) => slug === 'demo-low') } },
    plain: { wallet },
  };
  const merchants = Object.entries(keys).map(([id, apiKey]) =>
    testMerchant(id, apiKey, { methods: methods[id as keyof typeof keys] }),
  );
  const { server, databaseUrl, lines, close } = await startTestServer(merchants);

  async function call<T>(method: string, path: string, bearer: string, body?: object, more: Record<string, string> = {}) {
    const headers = { authorization: `Bearer ${bearer}`, ...(body && { 'content-type': 'application/json' }), ...more };
    const response = await fetch(server.address + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    return { status: response.status, headers: response.headers, body: (await response.json()) as T };
  }

  let orders = 0;
  return {
    paycodes,
    payme,
    paykassma,
    store: server.store,
    databaseUrl,
    lines,
    merchant: <T = Record<string, unknown>>(
      path: string,
      body?: object,
      whose: keyof typeof keys = 'shop',
      more: Record<string, string> = {},
    ) => call<T>(body ? 'POST' : 'GET', `/v1/${path}`, keys[whose], body, more),
    patch: (path: string, body: object) => call<PaymentView>('PATCH', `/v1/${path}`, keys.shop, body),
    async create(own: object) {
      orders += 1;
      const order = { orderId: `order-${orders}`, label: 'customer', phone: '998901304527', ...own };
      const { body } = await call<CreatedPayment>('POST', '/v1/payments', keys.shop, order, {
        'idempotency-key': `create-${orders}`,
      });
      const { clientSecret: secret, payment } = body;
      return {
        id: payment.id,
        post: (path: string, body: object = {}) => call<Answer>('POST', `/checkout/${path}`, secret, body),
        remove: (path: string) => call<Answer>('DELETE', `/checkout/${path}`, secret),
        view: async () => (await call<PaymentView>('GET', '/checkout', secret)).body,
      };
    },
    /** Sets a fault for the next call of this operation at PayCodes. */
    async spoil(op: string, when: 'before' | 'after', kind: string, service = paycodes.url): Promise<void> {
      const headers = { 'content-type': 'application/json' };
      await fetch(`${service}/_/faults`, { method: 'POST', headers, body: JSON.stringify({ op, when, kind }) });
    },
    async close(): Promise<void> {
      await close();
      await Promise.all([paycodes.close(), payme.close(), paykassma.close()]);
    },
  };
}

export type PayCodeHttpTestBed = Awaited<ReturnType<typeof createPayCodeHttpTestBed>>;
