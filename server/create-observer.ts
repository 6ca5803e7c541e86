/** Turns what the rooms tell into counters and log lines. */
import type { FastifyBaseLogger } from 'fastify';
import type { Observer } from './payments/model/ports.ts';
import { StoreUnavailable } from './payments/model/store-unavailable.ts';
import type { Metrics } from './plugins/metrics.ts';

/** `log` is asked for late: the rooms that are observed exist before the app that logs. */
export const createObserver = (metrics: Metrics, log: () => FastifyBaseLogger): Observer => ({
  upstreamCall: (upstream, method, outcome) => metrics.upstreamCalls.inc({ upstream, method, outcome }),
  attempt: (method, outcome) => metrics.attempts.inc({ method, outcome }),
  webhook: (outcome) => metrics.webhooks.inc({ outcome }),
  failure: tellOnce((where, cause) => log().error({ where, err: cause }, 'work failed')),
});

/** While a database is away all work fails, again and again: each kind of it is told every ten seconds. */
function tellOnce(tell: Observer['failure']): Observer['failure'] {
  const told = new Map<string, number>();
  return (where, cause) => {
    const now = performance.now();
    if (cause instanceof StoreUnavailable && now - (told.get(where) ?? Number.NEGATIVE_INFINITY) < 10_000) return;
    if (cause instanceof StoreUnavailable) told.set(where, now);
    tell(where, cause);
  };
}
