/** The metrics for the operator, in Prometheus' format. Labels are closed lists: no id and no customer input is ever a label. */
import type { FastifyBaseLogger } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { OperatorNotice, StoreUnavailable } from '../payments/model/errors.ts';
import type { Backlog } from '../payments/model/operator-queries.ts';
import type { Telemetry } from '../payments/model/ports.ts';
import { addMoneyMetrics } from './money-metrics.ts';
import { createUpstreamHealth } from './upstream-health.ts';

export type Metrics = ReturnType<typeof createMetrics>;

interface MetricsSource {
  backlog(): Promise<Backlog>;
  /** How many answers of payment services the database could not store yet. */
  pendingAnswers?(): number;
  /** By how much this machine's clock is ahead of the clock of the payments, in milliseconds. */
  skewMs?(): number;
  /** Figures in money; absent where there is no database. */
  money?: Parameters<typeof addMoneyMetrics>[1];
}

/** Each server has a registry of its own, so that two servers in one process do not count together. */
export function createMetrics({ backlog, pendingAnswers = () => 0, skewMs = () => 0, money }: MetricsSource) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  if (money) addMoneyMetrics(registry, money);
  new Gauge({
    name: 'pay_desk_backlog',
    help: 'What waits: unresolved attempts, payments that need a review, webhooks that could not be delivered.',
    labelNames: ['what'] as const,
    registers,
    async collect() {
      // While the database is away, the other metrics are still reported.
      const counts = await backlog().catch(() => null);
      this.reset();
      if (!counts) return;
      this.set({ what: 'unresolved' }, counts.pendingReconciliation);
      this.set({ what: 'needsReview' }, counts.needsReview);
      this.set({ what: 'undelivered' }, counts.undeliveredWebhooks);
      this.set({ what: 'unmatched' }, counts.unmatchedPostbacks);
    },
  });
  new Gauge({
    name: 'pay_desk_pending_answers',
    help: 'Answers of payment services that the database did not take yet: they are held and tried again.',
    registers,
    collect() {
      this.set(pendingAnswers());
    },
  });
  new Gauge({
    name: 'pay_desk_clock_skew_seconds',
    help: "By how much this machine's clock is ahead of the database's.",
    registers,
    collect() {
      this.set(skewMs() / 1000);
    },
  });
  return {
    registry,
    upstreamHealth: createUpstreamHealth(registry),
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
      help: 'Tries to deliver a webhook, and those that were not tried, because their merchant is missing or does not want their type.',
      labelNames: ['outcome'] as const,
      registers,
    }),
  };
}

/**
 * Turns what the modules report into counters and log lines.
 * @param log called late, since the modules exist before the app whose log it is
 */
export const createTelemetry = (metrics: Metrics, log: () => FastifyBaseLogger): Telemetry => ({
  upstreamCall(upstream, method, outcome) {
    metrics.upstreamCalls.inc({ upstream, method, outcome });
    metrics.upstreamHealth.note(upstream, method, outcome);
  },
  attempt: (method, outcome) => metrics.attempts.inc({ method, outcome }),
  webhook: (outcome) => metrics.webhooks.inc({ outcome }),
  failure: limitRepeats((where, cause) => {
    if (cause instanceof OperatorNotice) log().warn({ where }, cause.message);
    else log().error({ where, err: cause }, 'work failed');
  }),
});

/** While a database is away, all work fails again and again: each kind of failure is reported at most every ten seconds. */
function limitRepeats(report: Telemetry['failure']): Telemetry['failure'] {
  const reportedAt = new Map<string, number>();
  return (where, cause) => {
    const now = performance.now();
    if (cause instanceof StoreUnavailable && now - (reportedAt.get(where) ?? Number.NEGATIVE_INFINITY) < 10_000) return;
    if (cause instanceof StoreUnavailable) reportedAt.set(where, now);
    report(where, cause);
  };
}
