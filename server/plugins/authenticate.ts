/** Lets a merchant's server in by its API key. */
import fp from 'fastify-plugin';
import type { MerchantConfig } from '../merchants.ts';
import { hashBearer } from '../payments/model/ids.ts';
import type { Merchant } from '../payments/model/ports.ts';
import { ProblemError } from '../payments/model/problem-error.ts';
import type { Store } from '../payments/model/store.ts';
import '../payments/http/request-context.ts';

export interface AuthenticateMerchantOptions {
  merchants: readonly MerchantConfig[];
}

export const authenticateMerchant = fp<AuthenticateMerchantOptions>(
  async (scope, { merchants }) => {
    // Looked up by hash: comparing takes as long for a near miss as for a wild guess.
    const byKey = new Map(merchants.flatMap((merchant) => merchant.apiKeys.map((key) => [key, merchant] as const)));
    scope.addHook('onRoute', (route) => {
      route.schema = { tags: ['merchant'], security: [{ apiKey: [] }], ...route.schema };
    });
    scope.addHook('onRequest', async (request) => {
      const key = bearerToken(request.headers.authorization);
      const merchant = key === undefined ? undefined : byKey.get(`sha256:${hashBearer(key)}`);
      if (!key || !merchant || !ofSameSpace(key, merchant)) throw new ProblemError('unauthorized');
      request.merchant = merchant;
    });
  },
  { name: 'merchant-only' },
);

/** A test key never moves real money and a live key never moves play money, whatever the file says. */
const ofSameSpace = (key: string, { test }: Merchant): boolean => !key.startsWith(test ? 'sk_live_' : 'sk_test_');

/** Lets a customer's browser in by the client secret of one payment. Whoever has not got it learns nothing, not even that it exists. */
export interface AuthenticateCustomerOptions {
  /** Where the plugin window lives. */
  ownOrigin: string;
  merchants: readonly Merchant[];
  paymentBySecret: Store['paymentBySecret'];
}

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
      // A page of another merchant is refused as a wrong secret is: the answer must not tell the two apart.
      if (!allowed || (origin !== undefined && !allowed.has(origin))) throw new ProblemError('not_found');
      request.payment = payment;
    });
  },
  { name: 'customer-only' },
);

/** The token of `Authorization: Bearer <token>`; undefined where there is none. The scheme's case does not matter (RFC 9110). */
export const bearerToken = (header: string | undefined): string | undefined => /^bearer +(\S+) *$/i.exec(header ?? '')?.[1];
