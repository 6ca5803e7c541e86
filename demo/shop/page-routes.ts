/** The shop's pages. */
import formBody from 'node:querystring';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { bookCurrency, bookPrices, bookTitle } from './book.ts';
import { checkoutOrder } from './checkout-order.ts';
import { linkRoutes } from './link-routes.ts';
import type { OrderPayment } from './order-book.ts';
import { orderLink } from './order-link.ts';
import { pageHeaders, pageOptions } from './page-options.ts';
import { checkoutPage } from './pages/checkout-page.ts';
import { missingPage } from './pages/layout.ts';
import { offerPage, orderPage } from './pages/order-page.ts';
import { productPage } from './pages/product-page.ts';
import { PaymentApiError } from './payment-api.ts';
import type { ShopDeps } from './shop-deps.ts';
import { shopOrigin } from './shop-deps.ts';

/** How long a signed link is valid. */
const linkSeconds = 3_600;

export const pageRoutes: FastifyPluginAsync<ShopDeps> = async (app, deps) => {
  const headers = pageHeaders(new URL(deps.bffUrl).origin);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers);
  });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 4096 }, (_request, body, done) =>
    done(null, formBody.parse(String(body))),
  );

  await app.register(linkRoutes, deps);
  app.get('/shop/payme-offer', async (request, reply) => show(reply, offerPage(pageOptions(request))));
  app.get('/shop', async (request, reply) => show(reply, productPage(pageOptions(request))));

  app.post<{ Body: Record<string, string> }>('/shop/buy', async (request, reply) => {
    const { embed = '', lang = '', theme = '' } = request.body;
    const query = new URLSearchParams({ embed, lang, theme });
    const currency = bookCurrency(request.body.currency ?? null);
    const amount = bookPrices[currency];
    if (embed === 'signed') {
      // No call of Pay Desk: opening the link creates the payment.
      const order = deps.orders.place({ title: bookTitle, amount, currency, byLink: true });
      return reply.redirect(`/shop/checkout/${order.id}?${query}`, 303);
    }
    try {
      const order = await checkoutOrder(deps, { amount, currency }, shopOrigin(request));
      return reply.redirect(`/shop/checkout/${order.id}?${query}`, 303);
    } catch (error) {
      if (!(error instanceof PaymentApiError)) throw error;
      return reply
        .code(502)
        .send(productPage({ ...pageOptions(request), currency }, 'We could not start the payment. Nothing was charged.'));
    }
  });

  app.get<{ Params: { id: string } }>('/shop/checkout/:id', async (request, reply) => {
    const order = deps.orders.find(request.params.id);
    const options = pageOptions(request);
    if (!order || (!order.payment && options.embed !== 'signed')) return show(reply.code(404), missingPage(options));
    const { bffUrl } = deps;
    const { clientSecret = '', pluginUrl = '' } =
      (options.secret === 'unknown' ? withWrongSecret(order.payment) : order.payment) ?? {};
    const exp = String(Math.floor(Date.parse(order.createdAt) / 1000) + linkSeconds);
    const signedLink = orderLink(bffUrl, order, shopOrigin(request), exp, options).href;
    const apiBase = options.line ? `${shopOrigin(request)}/qa/line` : '';
    return show(reply, checkoutPage(order, options, { clientSecret, pluginUrl, signedLink, bffUrl, apiBase }));
  });

  app.get<{ Params: { id: string } }>('/shop/orders/:id', async (request, reply) => {
    const order = deps.orders.find(request.params.id);
    const options = pageOptions(request);
    return order ? show(reply, orderPage(order, options)) : show(reply.code(404), missingPage(options));
  });
};

/** The payment with a client secret that opens nothing. */
const withWrongSecret = (payment: OrderPayment | null): OrderPayment | null => {
  if (!payment) return null;
  const { id, clientSecret, pluginUrl } = payment;
  const wrongSecret = `${clientSecret.slice(0, -8)}AAAAAAAA`;
  return { id, clientSecret: wrongSecret, pluginUrl: pluginUrl.replace(clientSecret, wrongSecret) };
};

const show = (reply: FastifyReply, page: string) => reply.type('text/html; charset=utf-8').send(page);
