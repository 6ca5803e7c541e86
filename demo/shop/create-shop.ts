/** A pretend merchant on an origin of its own: makes orders, has them paid by Pay Desk, believes only signed webhooks. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import serveStatic from '@fastify/static';
import { type FastifyInstance, fastify } from 'fastify';
import type { QaParts } from '../qa/qa-routes.ts';
import { qaRoutes } from '../qa/qa-routes.ts';
import { otherMerchants } from '../start-bff.ts';
import { createOrderBook } from './order-book.ts';
import { orderRoutes } from './order-routes.ts';
import { pageHeaders } from './page-options.ts';
import { pageRoutes } from './page-routes.ts';
import { createPaymentApi } from './payment-api.ts';
import { webhookRoute } from './webhook-route.ts';

/** The shop makes its order book and its calls of Pay Desk itself. */
export type ShopOptions = Omit<QaParts, 'orders' | 'payments' | 'line'>;

/** @returns The server, not yet listening. @throws Error when its pages have not been built. */
export async function createShop(options: ShopOptions): Promise<FastifyInstance> {
  const pages = fileURLToPath(new URL('../../dist/demo', import.meta.url));
  if (!existsSync(pages)) throw new Error('The pages of the demo are not built: run "npm run build:widget" first.');
  const { bffUrl } = options;
  const payments = {
    demo: createPaymentApi(options),
    direct: createPaymentApi({ bffUrl, apiKey: otherMerchants.direct.apiKey }),
    lenient: createPaymentApi({ bffUrl, apiKey: otherMerchants.lenient.apiKey }),
  };
  const parts: QaParts = { ...options, orders: createOrderBook(), payments, line: { mode: 'clear' } };
  const app = fastify({ bodyLimit: 64 * 1024, forceCloseConnections: true });
  await app.register(webhookRoute, parts);
  await app.register(orderRoutes, parts);
  await app.register(pageRoutes, parts);
  await app.register(qaRoutes, parts);
  const headers = Object.entries(pageHeaders(new URL(bffUrl).origin));
  await app.register(serveStatic, {
    root: pages,
    cacheControl: false,
    setHeaders: (reply) => {
      for (const [name, value] of headers) reply.header(name, value);
    },
  });
  return app;
}
