/**
 * The BFF's clock, as the simulator's is moved: `GET` and `POST /qa/clock`, which answers when what is due by then has been done in the
 * background. Nothing outside the demo gives the BFF a clock to move.
 */
import type { FastifyPluginAsync } from 'fastify';
import * as z from 'zod';
import type { QaClock } from '../page/qa-api.ts';
import type { QaParts } from './qa-parts.ts';

const century = 100 * 366 * 86_400_000;
const ms = z.int().min(-century).max(century);
const ClockOrder = z.union([z.strictObject({ advanceMs: ms }), z.strictObject({ aheadMs: ms })]);

export const clockRoutes: FastifyPluginAsync<QaParts> = async (app, { clock, runNow }) => {
  const present = (): QaClock => ({ now: new Date(clock.now()).toISOString(), aheadMs: clock.now() - Date.now() });

  app.get('/qa/clock', async () => present());
  app.post('/qa/clock', async (request, reply) => {
    const order = ClockOrder.safeParse(request.body);
    if (!order.success) return reply.code(422).send({ error: z.prettifyError(order.error) });
    if ('advanceMs' in order.data) clock.advance(order.data.advanceMs);
    else if (order.data.aheadMs === 0) clock.reset();
    else clock.set(Date.now() + order.data.aheadMs);
    await runNow();
    return present();
  });
};
