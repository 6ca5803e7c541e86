/** The shop's pages. */
import formBody from 'node:querystring';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { checkoutOrder } from './checkout-order.ts';
import { linkRoutes } from './link-routes.ts';
import type { OrderPayment } from './order-book.ts';
import { pageHeaders } from './page-headers.ts';
import { pageOptions } from './page-options.ts';
import { checkoutPage } from './pages/checkout-page.ts';
import { missingPage } from './pages/missing-page.ts';
import { orderPage } from './pages/order-page.ts';
import { productPage } from './pages/product-page.ts';
import { PaymentApiError } from './payment-api.ts';
import { shopOrigin } from './shop-origin.ts';
import type { ShopParts } from './shop-parts.ts';

/** 25.00 PLN, the price that the demo's pay codes cover. */
const price = 2500;

export const pageRoutes: FastifyPluginAsync<ShopParts> = async (app, parts) => {
  const headers = pageHeaders(new URL(parts.bffUrl).origin);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers);
  });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 4096 }, (_request, body, done) =>
    done(null, formBody.parse(String(body))),
  );

  await app.register(linkRoutes, parts);
  app.get('/shop', async (request, reply) => show(reply, productPage(price, pageOptions(request))));

  app.post<{ Body: Record<string, string> }>('/shop/buy', async (request, reply) => {
    const { embed = '', lang = '', theme = '' } = request.body;
    const query = new URLSearchParams({ embed, lang, theme });
    try {
      const order = await checkoutOrder(parts, { amount: price, currency: 'PLN' }, shopOrigin(request));
      return reply.redirect(`/shop/checkout/${order.id}?${query}`, 303);
    } catch (error) {
      if (!(error instanceof PaymentApiError)) throw error;
      return reply
        .code(502)
        .send(productPage(price, pageOptions(request), 'We could not start the payment. Nothing was charged.'));
    }
  });

  app.get<{ Params: { id: string } }>('/shop/checkout/:id', async (request, reply) => {
    const order = parts.orders.find(request.params.id);
    const options = pageOptions(request);
    if (!order?.payment) return show(reply.code(404), missingPage(options));
    const payment = options.secret === 'stranger' ? strangersPayment(order.payment) : order.payment;
    return show(reply, checkoutPage(order, payment, options, parts.bffUrl));
  });

  app.get<{ Params: { id: string } }>('/shop/orders/:id', async (request, reply) => {
    const order = parts.orders.find(request.params.id);
    const options = pageOptions(request);
    return order ? show(reply, orderPage(order, options)) : show(reply.code(404), missingPage(options));
  });
};

const strangersPayment = ({ id, clientSecret, pluginUrl }: OrderPayment): OrderPayment => {
  const opensNothing = `${clientSecret.slice(0, -8)}AAAAAAAA`;
  return { id, clientSecret: opensNothing, pluginUrl: pluginUrl.replace(clientSecret, opensNothing) };
};

const show = (reply: FastifyReply, page: string) => reply.type('text/html; charset=utf-8').send(page);
