/** What the QA page asks the shop's server: the journal, the keys it shows, the simulators behind it, and the BFF's world. */
import type { FastifyPluginAsync } from 'fastify';
import type { FirstDay, QaConfig } from '../page/qa-api.ts';
import { customer } from '../shop/customer.ts';
import { clockRoutes } from './clock-routes.ts';
import { lineRoutes } from './fault-line.ts';
import type { QaParts } from './qa-parts.ts';
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
