/** What an operator watches, in Prometheus' words. Labels are closed lists: no id and nothing typed is ever one. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Backlog } from '../payments/ports.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/** A registry of its own, so that two servers in one process do not count together. */
export function createMetrics(backlog: () => Promise<Backlog>) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'pay_desk_backlog',
    help: 'What waits: unresolved attempts, payments that need a review, webhooks that could not be delivered.',
    labelNames: ['what'] as const,
    registers,
    async collect() {
      for (const [what, count] of Object.entries(await backlog())) this.set({ what }, count);
    },
  });
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'pay_desk_http_request_duration_seconds',
      help: 'Time to answer, by the pattern of the route.',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 8, 15, 30],
      registers,
    }),
    upstreamCalls: new Counter({
      name: 'pay_desk_upstream_calls_total',
      help: 'Calls of payment services; outcome is answered or the kind of fault.',
      labelNames: ['upstream', 'method', 'outcome'] as const,
      registers,
    }),
    attempts: new Counter({
      name: 'pay_desk_attempts_total',
      help: 'Attempts to pay that came to an outcome.',
      labelNames: ['method', 'outcome'] as const,
      registers,
    }),
    webhooks: new Counter({
      name: 'pay_desk_webhook_deliveries_total',
      help: 'Tries to deliver a webhook.',
      labelNames: ['outcome'] as const,
      registers,
    }),
  };
}
