/** The real app with routes of a test, two merchants and one payment of each. */
import type { FastifyPluginAsync } from 'fastify';
import { type AppDeps, buildApp } from '../../../server/app.ts';
import type { MerchantConfig } from '../../../server/merchants.ts';
import { hashKey, usualScopes } from '../../../server/payments/model/access-keys.ts';
import { hashBearer } from '../../../server/payments/model/ids.ts';
import type { PaymentRecord } from '../../../server/payments/model/records.ts';
import { createMetrics } from '../../../server/plugins/metrics.ts';
import '../../../server/payments/http/idempotency.ts';

export const shop = { id: 'shop', origin: 'https://shop.example', key: `sk_live_${'s'.repeat(43)}`, secret: 'cs_shop' };
export const rival = { id: 'rival', origin: 'https://rival.example', key: 'sk_test_rival', secret: 'cs_rival' };
export const ownOrigin = 'https://pay.example';

type Given = Partial<Omit<AppDeps, 'config'>> & { config?: Partial<AppDeps['config']> };

export function testApp({ config, ...parts }: Given = {}) {
  const payments = new Map([shop, rival].map(({ id, secret }) => [hashBearer(secret), { id: `pay_${id}`, merchantId: id }]));
  return buildApp({
    metrics: createMetrics({
      backlog: async () => ({ pendingReconciliation: 2, needsReview: 1, undeliveredWebhooks: 0, unmatchedPostbacks: 0 }),
    }),
    merchantRoutes: [whoIsMerchant],
    checkoutRoutes: [whichPayment],
    store: { ready: async () => {}, paymentBySecret: async (hash) => (payments.get(hash) as PaymentRecord | undefined) ?? null },
    ...parts,
    config: {
      publicUrl: new URL(ownOrigin),
      trustProxy: false,
      logLevel: 'silent',
      merchants: testMerchants(),
      ...config,
    },
  });
}

/** @param own what is different from the usual, by merchant */
export const testMerchants = (own: Readonly<Record<string, Partial<MerchantConfig>>> = {}): MerchantConfig[] =>
  [shop, rival].map((one) => ({ ...merchant(one), ...own[one.id] }));

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const whoIsMerchant: FastifyPluginAsync = async (app) => {
  app.get('/v1/me', { config: { scope: 'payments' } }, async (request) => ({ id: request.merchant.id }));
};

const whichPayment: FastifyPluginAsync = async (app) => {
  app.get('/checkout', async (request) => ({ id: request.payment.id }));
  app.post('/checkout/pay-code', async (request) => ({ id: request.payment.id }));
};

const merchant = ({ id, origin, key }: typeof shop): MerchantConfig => ({
  id,
  name: `The ${id}`,
  test: key.startsWith('sk_test_'),
  apiKeys: [{ name: null, hash: hashKey(key), scopes: usualScopes }],
  linkKeys: [],
  webhook: { url: `${origin}/webhook`, secrets: ['whsec_pY8Ec/tMGC21pT/peIY7bqplUrXGlHaa45ZdJbsRvnY='] },
  allowedOrigins: [origin],
  returnUrls: {},
  methods: {},
});
