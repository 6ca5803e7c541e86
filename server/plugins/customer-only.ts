/** Lets a customer's browser in by the client secret of one payment. Whoever has not got it learns nothing, not even that it exists. */
import fp from 'fastify-plugin';
import { hashBearer } from '../payments/model/ids.ts';
import type { Merchant, Store } from '../payments/model/ports.ts';
import { ProblemError } from '../payments/model/problem-error.ts';
import { bearerToken } from './bearer-token.ts';
import '../payments/http/request-context.ts';

export interface CustomerOnlyOptions {
  /** Where the plugin window lives. */
  ownOrigin: string;
  merchants: readonly Merchant[];
  paymentBySecret: Store['paymentBySecret'];
}

export const customerOnly = fp<CustomerOnlyOptions>(
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
