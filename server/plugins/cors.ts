/** Lets merchants' pages call the browser routes and nothing else. A merchant's server sends no `Origin`. */
import fastifyCors from '@fastify/cors';
import fp from 'fastify-plugin';
import { type CurrentMerchants, ofMerchants } from './of-merchants.ts';
import { originCheckPath } from './origin-check.ts';

interface CorsOptions {
  ownOrigin: string;
  merchants: CurrentMerchants;
}

/**
 * A preflight carries no secret, so it cannot be checked against a payment: every listed origin passes here, and the request
 * itself is checked against its payment's merchant (`authenticateCustomer`). Set for the whole app, so that the page can read
 * errors too.
 */
export const cors = fp<CorsOptions>(
  async (app, { ownOrigin, merchants }) => {
    const origins = ofMerchants(merchants, (all) => [
      ...new Set([ownOrigin, ...all.flatMap(({ allowedOrigins }) => allowedOrigins)]),
    ]);
    const open = () => ({
      origin: origins(),
      methods: ['GET', 'POST', 'DELETE'],
      allowedHeaders: ['authorization', 'content-type', 'idempotency-key'],
      exposedHeaders: ['Retry-After'],
      maxAge: 7200,
      strictPreflight: false,
    });
    const optionsFor = (url: string) => {
      // It holds no secret, and pages that are refused everything else read it.
      if (url === originCheckPath) return { origin: '*' };
      return isBrowserRoute.test(url) ? open() : { origin: false };
    };
    await app.register(fastifyCors, {
      delegator: (request, done) => done(null, optionsFor(request.url ?? '')),
    });
  },
  { name: 'cors' },
);

/** All browser routes but `/checkout/link`: only the plugin window opens links, and it is of our own origin. */
const isBrowserRoute = /^\/checkout(?!\/link(?:[/?]|$))(?=[/?]|$)/;
