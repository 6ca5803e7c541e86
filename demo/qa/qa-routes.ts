/** The routes of the QA page at the shop's server: journal, keys, simulators, reset, and the BFF's clock. */
import type { FastifyPluginAsync } from 'fastify';
import * as z from 'zod';
import { galleryRoot } from '../built-files.ts';
import type { QaClock, QaConfig, ResetAnswer } from '../page/qa-api.ts';
import { customer } from '../shop/book.ts';
import { lineRoutes } from './fault-line.ts';
import type { QaDeps } from './qa-deps.ts';
import { simulatorRoutes } from './simulator-routes.ts';

/** Control routes of every simulator. */
const controls = ['reset', 'clock', 'faults'];
const codeControls = [...controls, 'sms'];
const walletControls = [...controls, 'transfers', 'transactions/match', 'postbacks'];
const cardControls = [...controls, 'settings', 'receipts/:id(^[0-9a-f]{24}$)/state'];

export const qaRoutes: FastifyPluginAsync<QaDeps> = async (app, deps) => {
  const { bffUrl, paycodesUrl, paykassmaUrl, paymeUrl, operateUrl, apiKey, webhookSecret } = deps;

  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  await app.register(clockRoutes, deps);
  await app.register(lineRoutes, deps);
  await app.register(simulatorRoutes, { name: 'paycodes', url: paycodesUrl, readable: ['ledger'], controls: codeControls });
  await app.register(simulatorRoutes, { name: 'paykassma', url: paykassmaUrl, readable: ['ledger'], controls: walletControls });
  await app.register(simulatorRoutes, { name: 'payme', url: paymeUrl, readable: ['ledger', 'settings'], controls: cardControls });

  const config: QaConfig = {
    bffUrl,
    paycodesUrl,
    paykassmaUrl,
    paymeUrl,
    operateUrl,
    apiKey,
    webhookSecret,
    gallery: !!galleryRoot(),
  };
  app.get('/qa/config', async () => config);

  let times = 0;
  app.post('/qa/reset', async (): Promise<ResetAnswer> => {
    const reset = (url: string) => fetch(new URL('/_/reset', url), { method: 'POST', signal: AbortSignal.timeout(5_000) });
    // The reset of Payme removes their tokens, so saved cards would be of no use.
    for (const seller of ['demo', 'direct'] as const) await deps.payments[seller].removeCards(customer);
    await Promise.all([paycodesUrl, paykassmaUrl, paymeUrl].map(reset));
    deps.clock.reset();
    deps.line.mode = 'clear';
    times += 1;
    return { goodCode: `GOOD${String((times % 20) + 1).padStart(4, '0')}` };
  });

  app.get<{ Querystring: { after?: string } }>('/qa/journal', async (request) =>
    deps.journal.after(Number(request.query.after ?? 0)),
  );
};

const century = 100 * 366 * 86_400_000;
const ms = z.int().min(-century).max(century);
const ClockOrder = z.union([z.strictObject({ advanceMs: ms }), z.strictObject({ aheadMs: ms })]);

/**
 * `GET` and `POST /qa/clock`: reads and moves the BFF's clock. The POST answers when the background work that is due by then is
 * done. Nothing outside the demo gives the BFF a clock that can be moved.
 */
const clockRoutes: FastifyPluginAsync<QaDeps> = async (app, { clock, runNow }) => {
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
