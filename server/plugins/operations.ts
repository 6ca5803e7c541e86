/** For whoever runs the server: is it alive, can it work, how does it do. Meant for the inside of the network. */
import fp from 'fastify-plugin';
import type { Store } from '../payments/ports.ts';
import { ProblemError } from '../payments/problem-error.ts';
import type { Metrics } from './metrics.ts';

export interface OperationsOptions {
  metrics: Metrics;
  /** Throws where the database cannot be written. */
  ready: Store['ready'];
}

const options = { schema: { hide: true }, config: { quiet: true } };

export const operations = fp<OperationsOptions>(
  async (app, { metrics, ready }) => {
    app.addHook('onResponse', async (request, reply) => {
      const labels = { method: request.method, route: request.routeOptions.url ?? 'unmatched', status: reply.statusCode };
      metrics.httpSeconds.observe(labels, reply.elapsedTime / 1000);
    });

    app.get('/healthz', options, async () => ({ status: 'ok' }));
    app.get('/readyz', options, async (request) => {
      try {
        await ready();
      } catch (cause) {
        request.log.error({ err: cause }, 'the database cannot be written');
        throw new ProblemError('busy', { detail: 'the database cannot be written' });
      }
      return { status: 'ready' };
    });
    app.get('/metrics', options, async (_request, reply) => {
      reply.type(metrics.registry.contentType);
      return metrics.registry.metrics();
    });
  },
  { name: 'operations' },
);
