/**
 * Whether each payment service answers this process. The counter of calls shows a share of failures only where there are many calls;
 * a service that is called a few times in an hour, and never answers, shows here.
 */
import { Gauge, type Registry } from 'prom-client';

/** What a call reports that got no usable answer. A refusal is an answer. */
const faults: ReadonlySet<string> = new Set(['not_sent', 'lost', 'http', 'bad_shape']);

interface Failures {
  inARow: number;
  /** When the first of them failed, in milliseconds by `now`. */
  since: number;
}

export interface UpstreamHealth {
  /** Notes what became of a call. A postback is no call: it says nothing of whether the service answers. */
  note(upstream: string, method: string, outcome: string): void;
}

/** @param now Milliseconds that only ever grow. */
export function createUpstreamHealth(registry: Registry, now: () => number = () => performance.now()): UpstreamHealth {
  const failing = new Map<string, Failures>();
  const of = { labelNames: ['upstream'] as const, registers: [registry] };
  new Gauge({
    name: 'pay_desk_upstream_failing_seconds',
    help: 'For how long this process has got no answer from a payment service to any call; 0 if the last call was answered.',
    ...of,
    collect() {
      for (const [upstream, { inARow, since }] of failing) this.set({ upstream }, inARow === 0 ? 0 : (now() - since) / 1_000);
    },
  });
  new Gauge({
    name: 'pay_desk_upstream_failures_in_a_row',
    help: 'How many of the last calls of a payment service, without one between them that was answered, this process got no answer to.',
    ...of,
    collect() {
      for (const [upstream, { inARow }] of failing) this.set({ upstream }, inARow);
    },
  });
  return {
    note(upstream, method, outcome) {
      if (method === 'postback') return;
      const { inARow, since } = failing.get(upstream) ?? { inARow: 0, since: 0 };
      if (!faults.has(outcome)) failing.set(upstream, { inARow: 0, since: 0 });
      else failing.set(upstream, { inARow: inARow + 1, since: inARow === 0 ? now() : since });
    },
  };
}
