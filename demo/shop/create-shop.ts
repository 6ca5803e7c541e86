/** A demo merchant on an origin of its own. It takes orders, lets Pay Desk collect the money, and trusts only signed webhooks. */
import serveStatic from '@fastify/static';
import { type FastifyInstance, fastify } from 'fastify';
import { galleryRoot, pagesRoot } from '../built-files.ts';
import type { QaDeps } from '../qa/qa-deps.ts';
import { qaRoutes } from '../qa/qa-routes.ts';
import { otherMerchants } from '../start-bff.ts';
import { createOrderBook } from './order-book.ts';
import { orderRoutes } from './order-routes.ts';
import { galleryHeaders, pageHeaders } from './page-options.ts';
import { pageRoutes } from './page-routes.ts';
import { createPaymentApi } from './payment-api.ts';
import { webhookRoute } from './webhook-route.ts';

/** Without what the shop makes itself. */
export type ShopOptions = Omit<QaDeps, 'orders' | 'payments' | 'line'>;

/** @returns The server, not yet listening. @throws Error when its pages have not been built. */
export async function createShop(options: ShopOptions): Promise<FastifyInstance> {
  const { bffUrl } = options;
  const payments = {
    demo: createPaymentApi(options),
    direct: createPaymentApi({ bffUrl, apiKey: otherMerchants.direct.apiKey }),
    lenient: createPaymentApi({ bffUrl, apiKey: otherMerchants.lenient.apiKey }),
  };
  const deps: QaDeps = { ...options, orders: createOrderBook(), payments, line: { mode: 'clear' } };
  const app = fastify({ bodyLimit: 64 * 1024, forceCloseConnections: true });
  await app.register(webhookRoute, deps);
  await app.register(orderRoutes, deps);
  await app.register(pageRoutes, deps);
  await app.register(qaRoutes, deps);
  const files = (root: string, headers: Record<string, string>, prefix?: string) =>
    app.register(serveStatic, {
      root,
      cacheControl: false,
      setHeaders: (reply) => {
        for (const [name, value] of Object.entries(headers)) reply.header(name, value);
      },
      ...(prefix && { prefix, decorateReply: false }),
    });
  await files(pagesRoot(), pageHeaders(new URL(bffUrl).origin));
  const gallery = galleryRoot();
  if (gallery) await files(gallery, galleryHeaders, '/gallery/');
  return app;
}
