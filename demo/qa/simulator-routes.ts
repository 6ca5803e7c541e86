/**
 * Forwards some control routes of a simulator, which has another origin, to the QA page. No other path of it can be reached from
 * outside.
 */
import type { FastifyPluginAsync } from 'fastify';

export interface SimulatorRoutes {
  name: 'paycodes' | 'paykassma' | 'payme';
  url: string;
  /** Paths that the page may read. */
  readable: readonly string[];
  /** Paths that the page may post to, as route patterns. */
  controls: readonly string[];
}

export const simulatorRoutes: FastifyPluginAsync<SimulatorRoutes> = async (app, { name, url, readable, controls }) => {
  const forward = async (path: string, init?: RequestInit) => {
    const response = await fetch(new URL(`/_/${path}`, url), { signal: AbortSignal.timeout(5_000), ...init });
    return { status: response.status, text: (await response.text()) || '{}' };
  };

  for (const path of readable) {
    app.get(`/qa/${name}/${path}`, async (_request, reply) => {
      const { status, text } = await forward(path);
      return reply.code(status).type('application/json').send(text);
    });
  }
  for (const path of controls) {
    app.post(`/qa/${name}/${path}`, async (request, reply) => {
      const headers = { 'content-type': 'application/json' };
      const { status, text } = await forward(new URL(request.url, url).pathname.slice(`/qa/${name}/`.length), {
        method: 'POST',
        headers,
        body: JSON.stringify(request.body ?? {}),
      });
      return reply.code(status).type('application/json').send(text);
    });
  }
};
