/**
 * Health, readiness and metrics for the operator, meant for the inside of the network; and the end of connections while closing.
 */
import fp from 'fastify-plugin';
import { ProblemError, StoreUnavailable } from '../payments/model/errors.ts';
import type { Store } from '../payments/model/store.ts';
import type { Metrics } from './metrics.ts';

interface OperationsOptions {
  metrics: Metrics;
  /** Throws if the database cannot be written. */
  ready: Store['ready'];
  /** Whether this listener is inside the network, so that it answers `/readyz` and `/metrics`, and not only `/healthz`. */
  inside: boolean;
  /** Aborts when the process begins to stop: from then on it is not ready, whatever the database says. */
  stopping?: AbortSignal | undefined;
}

const options = { schema: { hide: true }, config: { quiet: true } };

/** A probe that waits longer is usually considered failed. */
const answerMs = 900;

export const operations = fp<OperationsOptions>(
  async (app, { metrics, ready, inside, stopping }) => {
    app.addHook('onResponse', async (request, reply) => {
      const labels = { method: request.method, route: request.routeOptions.url ?? 'unmatched', status: reply.statusCode };
      metrics.httpSeconds.observe(labels, reply.elapsedTime / 1000);
    });

    app.get('/healthz', options, async () => ({ status: 'ok' }));
    if (!inside) return;
    // One check at a time: probes that wait for a silent database must not take all connections to it.
    let checking: Promise<void> | null = null;
    const check = () => {
      checking ??= ready().finally(() => {
        checking = null;
      });
      return checking;
    };
    app.get('/readyz', options, async (request) => {
      if (stopping?.aborted) throw new ProblemError('busy', { detail: 'this process is stopping' });
      try {
        await within(answerMs, check());
      } catch (cause) {
        // The next probe must not wait for a check that hangs.
        checking = null;
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

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new StoreUnavailable({ code: 'ETIMEDOUT', effect: 'none', soon: false })), ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** From the moment that `stopping` aborts, and in any case while the server closes, each answer ends its connection. */
export const draining = fp<{ stopping?: AbortSignal | undefined }>(
  async (app, { stopping }) => {
    let closing = false;
    app.addHook('preClose', async () => {
      closing = true;
    });
    // A request that came by a connection from before is answered like any other: a proxy that reuses connections sends such
    // requests at the very moment of the signal, and would have to show the customer an error.
    app.addHook('onSend', async (_request, reply) => {
      if (closing || stopping?.aborted) reply.header('connection', 'close');
    });
  },
  { name: 'draining' },
);
