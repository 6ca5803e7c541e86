/** Authenticates a merchant's server by its API key, and a customer's browser by the client secret of a payment. */
import fp from 'fastify-plugin';
import { ProblemError } from '../payments/model/errors.ts';
import { hashBearer } from '../payments/model/ids.ts';
import type { Merchant } from '../payments/model/ports.ts';
import type { Store } from '../payments/model/store.ts';
import '../payments/http/idempotency.ts';

interface AuthenticateMerchantOptions {
  /** `apiKeys`: `sha256:` and the hash of a key. */
  merchants: readonly (Merchant & { apiKeys: readonly string[] })[];
}

export const authenticateMerchant = fp<AuthenticateMerchantOptions>(
  async (scope, { merchants }) => {
    // Looked up by hash, so that comparing takes the same time for every wrong key.
    const byKey = new Map(merchants.flatMap((merchant) => merchant.apiKeys.map((key) => [key, merchant] as const)));
    scope.addHook('onRoute', (route) => {
      route.schema = { tags: ['merchant'], security: [{ apiKey: [] }], ...route.schema };
    });
    scope.addHook('onRequest', async (request) => {
      const key = bearerToken(request.headers.authorization);
      const merchant = key === undefined ? undefined : byKey.get(`sha256:${hashBearer(key)}`);
      if (!key || !merchant || !isOfSameMode(key, merchant)) throw new ProblemError('unauthorized');
      request.merchant = merchant;
    });
  },
  { name: 'merchant-only' },
);

/** Whether a key's prefix fits the merchant, so that a test key never moves real money, whatever the merchants file contains. */
const isOfSameMode = (key: string, { test }: Merchant): boolean => !key.startsWith(test ? 'sk_live_' : 'sk_test_');

interface AuthenticateCustomerOptions {
  /** The origin of the plugin window. */
  ownOrigin: string;
  merchants: readonly Merchant[];
  paymentBySecret: Store['paymentBySecret'];
}

/** A caller without the right client secret learns nothing, not even whether the payment exists. */
export const authenticateCustomer = fp<AuthenticateCustomerOptions>(
  async (scope, { ownOrigin, merchants, paymentBySecret }) => {
    const origins = new Map(merchants.map(({ id, allowedOrigins }) => [id, new Set([ownOrigin, ...allowedOrigins])]));
    scope.addHook('onRoute', (route) => {
      route.schema = { tags: ['checkout'], security: [{ clientSecret: [] }], ...route.schema };
    });
    scope.addHook('onRequest', async (request) => {
      const { authorization, origin } = request.headers;
      if (authorization === undefined) throw new ProblemError('unauthorized');
      const secret = bearerToken(authorization);
      const payment = secret === undefined ? null : await paymentBySecret(hashBearer(secret));
      const allowed = payment && origins.get(payment.merchantId);
      // A page of another merchant gets the same answer as a wrong secret, so that it learns nothing.
      if (!allowed || (origin !== undefined && !allowed.has(origin))) throw new ProblemError('not_found');
      request.payment = payment;
    });
  },
  { name: 'customer-only' },
);

/** The token of `Authorization: Bearer <token>`, undefined if there is none. The scheme's case does not matter (RFC 9110). */
const bearerToken = (header: string | undefined): string | undefined => /^bearer +(\S+) *$/i.exec(header ?? '')?.[1];
