/** Turns what the rooms tell into counters and log lines. */
import type { FastifyBaseLogger } from 'fastify';
import type { Observer } from './payments/ports.ts';
import type { Metrics } from './plugins/metrics.ts';

/** `log` is asked for late: the rooms that are observed exist before the app that logs. */
export const createObserver = (metrics: Metrics, log: () => FastifyBaseLogger): Observer => ({
  upstreamCall: (upstream, method, outcome) => metrics.upstreamCalls.inc({ upstream, method, outcome }),
  attempt: (method, outcome) => metrics.attempts.inc({ method, outcome }),
  webhook: (outcome) => metrics.webhooks.inc({ outcome }),
  failure: (where, cause) => log().error({ where, err: cause }, 'work failed'),
});
