/** What an operator watches, in Prometheus' words. Labels are closed lists: no id and nothing typed is ever one. */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** A registry of its own, so that two servers in one process do not count together. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
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
