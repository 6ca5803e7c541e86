/** `POST /qa/orders/:id/by-hand` `{to}`: what `move-by-hand.ts` does, to the payment of an order. */
import type { FastifyPluginAsync } from 'fastify';
import * as z from 'zod';
import type { QaParts } from './qa-parts.ts';

const Move = z.strictObject({ to: z.enum(['refunding', 'refunded']) });

export const byHandRoute: FastifyPluginAsync<QaParts> = async (app, { orders, moveByHand, journal }) => {
  app.post<{ Params: { id: string } }>('/qa/orders/:id/by-hand', async (request, reply) => {
    const payment = orders.find(request.params.id)?.payment;
    const wanted = Move.safeParse(request.body);
    if (!payment || !wanted.success) return reply.callNotFound();
    const { to } = wanted.data;
    try {
      await moveByHand(payment.id, to);
    } catch (error) {
      return reply.code(409).send({ error: error instanceof Error ? error.message : String(error) });
    }
    journal.add({ kind: 'bff', text: 'moved by hand', outcome: to, ok: true });
    return {};
  });
};
