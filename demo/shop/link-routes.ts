/** Payment by a signed link, without a call of Pay Desk by the shop's server. A form makes links of every kind for QA. */
import type { FastifyPluginAsync } from 'fastify';
import * as z from 'zod';
import { minorUnitDigits } from '#contract';
import { bookTitle } from './book.ts';
import { orderLink } from './order-link.ts';
import { pageOptions } from './page-options.ts';
import { missingPage } from './pages/layout.ts';
import { linkFormPage, linkPage } from './pages/link-page.ts';
import type { ShopDeps } from './shop-deps.ts';
import { shopOrigin } from './shop-deps.ts';
import { isLinkFault, spoilLink } from './signed-link.ts';

const Form = z.object({
  /** Major units, as links require. */
  amount: z.string().regex(/^[1-9]\d{0,7}$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** How long the link is valid. */
  minutes: z.coerce.number().int().min(1).max(10_000),
  fault: z.string().refine(isLinkFault),
  lang: z.string().max(35).default(''),
  theme: z.string().max(5).default(''),
});

/** Is registered in the scope of the shop's pages, for their headers and their form parser. */
export const linkRoutes: FastifyPluginAsync<ShopDeps> = async (app, deps) => {
  app.get('/shop/link', async (request, reply) => reply.type(html).send(linkFormPage(pageOptions(request))));

  app.post('/shop/link', async (request, reply) => {
    const form = Form.safeParse(request.body);
    const options = pageOptions(request);
    if (!form.success) return reply.code(422).type(html).send(linkFormPage(options, 'Whole units and minutes, please.'));
    const { amount, currency, minutes, fault, lang, theme } = form.data;
    const minor = Number(amount + '0'.repeat(minorUnitDigits(currency)));
    const order = deps.orders.place({ title: bookTitle, amount: minor, currency, byLink: true });
    const now = Math.floor(Date.now() / 1000);
    // The expiry is in the page's address, so that a reload shows the same link and not a new one.
    const exp = String(fault === 'expired' ? now - 60 : now + minutes * 60);
    return reply.redirect(`/shop/link/${order.id}?${new URLSearchParams({ exp, fault, lang, theme })}`, 303);
  });

  app.get<{ Params: { id: string }; Querystring: Record<string, string> }>('/shop/link/:id', async (request, reply) => {
    const order = deps.orders.find(request.params.id);
    const options = pageOptions(request);
    if (!order?.byLink) return reply.code(404).type(html).send(missingPage(options));
    const { exp = '', fault = '' } = request.query;
    const url = orderLink(deps.bffUrl, order, shopOrigin(request), exp, options);
    const link = spoilLink(url, isLinkFault(fault) ? fault : 'none');
    return reply.type(html).send(linkPage(order, link, options));
  });
};

const html = 'text/html; charset=utf-8';
