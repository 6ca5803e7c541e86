/** What the QA page asks the shop's server: the journal, the keys it shows, the simulator behind it (another origin), and the BFF's world. */
import type { FastifyPluginAsync } from 'fastify';
import type { FirstDay, QaConfig } from '../page/qa-api.ts';
import { byHandRoute } from './by-hand-route.ts';
import { clockRoutes } from './clock-routes.ts';
import { lineRoutes } from './line-routes.ts';
import type { QaParts } from './qa-parts.ts';

/** The simulator's switches that the page may move; a path from outside never reaches it. */
const switches = ['reset', 'clock', 'faults'];

export const qaRoutes: FastifyPluginAsync<QaParts> = async (app, parts) => {
  const simulator = (path: string, init?: RequestInit) =>
    fetch(new URL(`/_/${path}`, parts.simulatorUrl), { signal: AbortSignal.timeout(5_000), ...init });

  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  await app.register(clockRoutes, parts);
  await app.register(lineRoutes, parts);
  await app.register(byHandRoute, parts);

  app.get('/qa/config', async (): Promise<QaConfig> => {
    const { bffUrl, simulatorUrl, apiKey, webhookSecret } = parts;
    return { bffUrl, simulatorUrl, apiKey, webhookSecret };
  });

  let times = 0;
  app.post('/qa/anew', async (): Promise<FirstDay> => {
    await simulator('reset', { method: 'POST' });
    parts.clock.reset();
    parts.line.mode = 'clear';
    times += 1;
    return { goodCode: `GOOD${String((times % 20) + 1).padStart(4, '0')}` };
  });

  app.get<{ Querystring: { after?: string } }>('/qa/journal', async (request) =>
    parts.journal.after(Number(request.query.after ?? 0)),
  );

  app.get('/qa/simulator/ledger', async (_request, reply) => {
    const response = await simulator('ledger');
    return reply
      .code(response.status)
      .type('application/json')
      .send(await response.text());
  });

  app.post<{ Params: { name: string } }>('/qa/simulator/:name', async (request, reply) => {
    if (!switches.includes(request.params.name)) return reply.callNotFound();
    const response = await simulator(request.params.name, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request.body ?? {}),
    });
    return reply
      .code(response.status)
      .type('application/json')
      .send((await response.text()) || '{}');
  });
};
