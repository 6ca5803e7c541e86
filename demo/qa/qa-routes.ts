/** What the QA page asks the shop's server: the journal, the keys it shows, the simulators behind it, and the BFF's world. */
import type { FastifyPluginAsync } from 'fastify';
import * as z from 'zod';
import type { FirstDay, QaClock, QaConfig } from '../page/qa-api.ts';
import { customer } from '../shop/book.ts';
import type { ShopParts } from '../shop/shop-parts.ts';
import type { Clock } from '../simulators/control/clock.ts';
import { type Line, lineRoutes } from './fault-line.ts';
import { simulatorRoutes } from './simulator-routes.ts';

/** Those of every simulator. */
const switches = ['reset', 'clock', 'faults'];
const codeSwitches = [...switches, 'sms'];
const walletSwitches = [...switches, 'transfers', 'transactions/match', 'postbacks'];
const cardSwitches = [...switches, 'settings', 'receipts/:id(^[0-9a-f]{24}$)/state'];

export const qaRoutes: FastifyPluginAsync<QaParts> = async (app, parts) => {
  const { bffUrl, paycodesUrl, paykassmaUrl, paymeUrl, apiKey, webhookSecret } = parts;

  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  await app.register(clockRoutes, parts);
  await app.register(lineRoutes, parts);
  await app.register(simulatorRoutes, { name: 'paycodes', url: paycodesUrl, sights: ['ledger'], switches: codeSwitches });
  await app.register(simulatorRoutes, { name: 'paykassma', url: paykassmaUrl, sights: ['ledger'], switches: walletSwitches });
  await app.register(simulatorRoutes, { name: 'payme', url: paymeUrl, sights: ['ledger', 'settings'], switches: cardSwitches });

  const config: QaConfig = { bffUrl, paycodesUrl, paykassmaUrl, paymeUrl, apiKey, webhookSecret };
  app.get('/qa/config', async () => config);

  let times = 0;
  app.post('/qa/anew', async (): Promise<FirstDay> => {
    const reset = (url: string) => fetch(new URL('/_/reset', url), { method: 'POST', signal: AbortSignal.timeout(5_000) });
    // Their tokens are gone with the simulator's reset: as saved cards they would only be in the way.
    for (const seller of ['demo', 'direct'] as const) await parts.payments[seller].removeCards(customer);
    await Promise.all([paycodesUrl, paykassmaUrl, paymeUrl].map(reset));
    parts.clock.reset();
    parts.line.mode = 'clear';
    times += 1;
    return { goodCode: `GOOD${String((times % 20) + 1).padStart(4, '0')}` };
  });

  app.get<{ Querystring: { after?: string } }>('/qa/journal', async (request) =>
    parts.journal.after(Number(request.query.after ?? 0)),
  );
};

/**
 * The BFF's clock, as the simulator's is moved: `GET` and `POST /qa/clock`, which answers when what is due by then has been done in the
 * background. Nothing outside the demo gives the BFF a clock to move.
 */
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

/** What the server side of the QA page works with. */
export interface QaParts extends ShopParts {
  paycodesUrl: string;
  paykassmaUrl: string;
  paymeUrl: string;
  apiKey: string;
  /** The BFF's. */
  clock: Clock;
  /** Has the BFF do what is due by its clock now, rather than within a second. */
  runNow(): Promise<void>;
  line: Line;
}
