/** Orders as JSON, for the script of the shop's pages, the QA page and tests. */
import type { FastifyPluginAsync } from 'fastify';
import * as z from 'zod';
import { CreatePayment } from '#contract';
import { checkoutOrder } from './checkout-order.ts';
import { orderView } from './order-link.ts';
import { PaymentApiError } from './payment-api.ts';
import type { ShopDeps } from './shop-deps.ts';
import { shopOrigin } from './shop-deps.ts';

const NewOrder = z.strictObject({
  /** Minor units of `currency`. */
  amount: z.int().min(1),
  currency: z.string().regex(/^[A-Z]{3}$/),
  locale: z.string().max(35).optional(),
  phone: CreatePayment.shape.phone,
  expiresIn: z.int().min(60).optional(),
  seller: z.enum(['demo', 'direct', 'lenient']).default('demo'),
});

export const orderRoutes: FastifyPluginAsync<ShopDeps> = async (app, deps) => {
  app.post('/orders', async (request, reply) => {
    const wanted = NewOrder.safeParse(request.body);
    if (!wanted.success) return reply.code(422).send({ error: z.prettifyError(wanted.error) });
    const { amount, currency, seller, locale, phone, expiresIn } = wanted.data;
    const order = {
      amount,
      currency,
      seller,
      ...(locale && { locale }),
      ...(phone && { phone }),
      ...(expiresIn && { expiresIn }),
    };
    try {
      return reply.code(201).send(orderView(await checkoutOrder(deps, order, shopOrigin(request))));
    } catch (error) {
      if (!(error instanceof PaymentApiError)) throw error;
      return reply.code(502).send({ error: error.message });
    }
  });

  app.get<{ Params: { id: string } }>('/orders/:id', async (request, reply) => {
    const order = deps.orders.find(request.params.id);
    return order ? reply.header('cache-control', 'no-store').send(orderView(order)) : reply.callNotFound();
  });

  for (const move of ['cancel', 'refund', 'fiscalReceipt'] as const) {
    app.post<{ Params: { id: string } }>(`/orders/:id/${move}`, async (request, reply) => {
      const order = deps.orders.find(request.params.id);
      if (!order?.payment) return reply.callNotFound();
      return { status: await deps.payments[order.seller][move](order.payment.id) };
    });
  }
};
