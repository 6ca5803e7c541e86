/** Authenticates a merchant's server by its API key, and a customer's browser by the client secret of a payment. */
import fp from 'fastify-plugin';
import { apiKeyFault, hashKey } from '../payments/model/access-keys.ts';
import type { ApiKey } from '../payments/model/api-key.ts';
import { ProblemError } from '../payments/model/errors.ts';
import { hashBearer } from '../payments/model/ids.ts';
import type { Clock, Merchant } from '../payments/model/ports.ts';
import type { Store } from '../payments/model/store.ts';
import { dayMs } from '../payments/model/time.ts';
import '../payments/http/idempotency.ts';
import { type CurrentMerchants, ofMerchants } from './of-merchants.ts';

interface AuthenticateMerchantOptions {
  merchants: CurrentMerchants<Merchant & { apiKeys: readonly ApiKey[] }>;
  /** Also accept keys that could be guessed, such as the one that the demo prints. */
  demo: boolean;
}

/** Each route says in its `config` which scope a key needs for it. One that does not stops the start. */
export const authenticateMerchant = fp<AuthenticateMerchantOptions>(
  async (scope, { merchants, demo }) => {
    // Looked up by hash, so that comparing takes the same time for every wrong key.
    const byHash = ofMerchants(
      merchants,
      (all) => new Map(all.flatMap((merchant) => merchant.apiKeys.map((apiKey) => [apiKey.hash, { merchant, apiKey }] as const))),
    );
    scope.addHook('onRoute', (route) => {
      if (!route.config?.scope) throw new Error(`the route ${route.method} ${route.url} names no scope`);
      route.schema = { tags: ['merchant'], security: [{ apiKey: [] }], ...route.schema };
    });
    scope.addHook('onRequest', async (request) => {
      const key = bearerToken(request.headers.authorization);
      const found = key === undefined ? undefined : byHash().get(hashKey(key));
      if (!key || !found) throw new ProblemError('unauthorized');
      // A test key never moves real money, and a key that could be guessed none at all, whatever the merchants file contains.
      const fault = demo ? null : apiKeyFault(key, found.merchant.test);
      if (fault) throw new ProblemError('unauthorized', { detail: fault });
      const needed = request.routeOptions.config.scope;
      if (needed && !found.apiKey.scopes.includes(needed)) {
        throw new ProblemError('forbidden', { detail: `this API key lacks the scope ${needed}` });
      }
      request.merchant = found.merchant;
      request.apiKey = found.apiKey;
    });
  },
  { name: 'merchant-only' },
);

/** So long after its payment has ended and was last changed a client secret still reads it. */
const readableMs = 30 * dayMs;

interface AuthenticateCustomerOptions {
  /** The origin of the plugin window. */
  ownOrigin: string;
  merchants: CurrentMerchants;
  paymentBySecret: Store['paymentBySecret'];
  clock: Pick<Clock, 'now'>;
}

/**
 * A caller without the right client secret learns nothing, not even whether the payment exists. What a secret may do follows from
 * its payment: it pays while the payment can be paid; after the end it submits the number of a transfer whose account was shown, for
 * seven days, and reads for thirty.
 */
export const authenticateCustomer = fp<AuthenticateCustomerOptions>(
  async (scope, { ownOrigin, merchants, paymentBySecret, clock }) => {
    const origins = ofMerchants(
      merchants,
      (all) => new Map(all.map(({ id, allowedOrigins }) => [id, new Set([ownOrigin, ...allowedOrigins])])),
    );
    scope.addHook('onRoute', (route) => {
      route.schema = { tags: ['checkout'], security: [{ clientSecret: [] }], ...route.schema };
    });
    scope.addHook('onRequest', async (request) => {
      const { authorization, origin } = request.headers;
      if (authorization === undefined) throw new ProblemError('unauthorized');
      const secret = bearerToken(authorization);
      const payment = secret === undefined ? null : await paymentBySecret(hashBearer(secret), clock.now() - readableMs);
      const allowed = payment && origins().get(payment.merchantId);
      // A page of another merchant gets the same answer as a wrong secret, so that it learns nothing.
      if (!allowed || (origin !== undefined && !allowed.has(origin))) throw new ProblemError('not_found');
      request.payment = payment;
    });
  },
  { name: 'customer-only' },
);

/** The token of `Authorization: Bearer <token>`, undefined if there is none. The scheme's case does not matter (RFC 9110). */
const bearerToken = (header: string | undefined): string | undefined => /^bearer +(\S+) *$/i.exec(header ?? '')?.[1];
