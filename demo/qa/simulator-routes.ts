/** What the QA page may do to a simulator, which is of another origin: read its ledger, move its switches. */
import type { FastifyPluginAsync } from 'fastify';

export interface SimulatorRoutes {
  name: 'paycodes' | 'paykassma' | 'payme';
  url: string;
  /** The part that it may read. */
  sights: readonly string[];
  /** The part of its control surface that the page may move, as routes; no other path from outside reaches it. */
  switches: readonly string[];
}

export const simulatorRoutes: FastifyPluginAsync<SimulatorRoutes> = async (app, { name, url, sights, switches }) => {
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(new URL(`/_/${path}`, url), { signal: AbortSignal.timeout(5_000), ...init });
    return { status: response.status, text: (await response.text()) || '{}' };
  };

  for (const path of sights) {
    app.get(`/qa/${name}/${path}`, async (_request, reply) => {
      const { status, text } = await ask(path);
      return reply.code(status).type('application/json').send(text);
    });
  }
  for (const path of switches) {
    app.post(`/qa/${name}/${path}`, async (request, reply) => {
      const headers = { 'content-type': 'application/json' };
      const { status, text } = await ask(new URL(request.url, url).pathname.slice(`/qa/${name}/`.length), {
        method: 'POST',
        headers,
        body: JSON.stringify(request.body ?? {}),
      });
      return reply.code(status).type('application/json').send(text);
    });
  }
};
