/**
 * Keeps one payment service from delaying the others: each merchant's account at a method is a lane of its own, in which only so
 * many attempts are checked at the same time. A lane whose service hangs or does not answer rests for a while; then one attempt is
 * tried before all the others. So this is the breaker of the background work. That of the customers is another one
 * (`clients/breaker.ts`), and neither knows of the other: what was begun is followed even while nothing new may begin.
 */
import type { PaymentMethod } from '#contract';
import type { Lane } from '../payments/model/store.ts';

interface Lanes {
  /** The lanes in which no further attempt may start. */
  closed(): Lane[];
  /** The lanes whose service is away. */
  resting(): Lane[];
  /** The resting lanes that have rested for long enough: one attempt of each may be tried. */
  probing(): Lane[];
  /** Runs the work in its lane. */
  run(lane: Lane, work: () => Promise<void>): Promise<void>;
}

/** How many attempts of one lane are checked at the same time. */
const mostInLane = 10;
/** After so many checks in a row that were slow, or got no answer, the service counts as away. */
const failedInARow = 5;
/** How long a lane rests first, in milliseconds; then twice as long each time, up to `restMs`. */
const firstRestMs = 2_000;

interface State extends Lane {
  running: number;
  /** How many checks in a row were slow or got no answer. */
  failed: number;
  /** How often it has rested since the last good check. */
  rests: number;
  /** By `performance.now()`: nothing starts before. */
  closedUntil: number;
}

interface LanesOptions {
  /** A check that takes longer is slow; most services answer within a second. */
  slowMs: number;
  /** How long a lane rests at most. */
  restMs: number;
  /** Whether the last call of a check in this lane got no answer. */
  isAway(lane: Lane): boolean;
  /** Called when a lane begins to rest, and when its service answers again. */
  onChange(lane: Lane, state: 'rests' | 'answers'): void;
}

export function createLanes({ slowMs, restMs, isAway, onChange }: LanesOptions): Lanes {
  const lanes = new Map<string, State>();
  const stateOf = ({ merchantId, method }: Lane): State => {
    const key = `${method}:${merchantId}`;
    const state = lanes.get(key) ?? { merchantId, method, running: 0, failed: 0, rests: 0, closedUntil: 0 };
    lanes.set(key, state);
    return state;
  };
  const rests = ({ failed }: State) => failed >= failedInARow;

  return {
    closed: () => [...lanes.values()].filter((lane) => rests(lane) || lane.running >= mostInLane).map(laneOf),
    resting: () => [...lanes.values()].filter(rests).map(laneOf),
    probing() {
      const now = performance.now();
      return [...lanes.values()].filter((lane) => rests(lane) && lane.running === 0 && lane.closedUntil <= now).map(laneOf);
    },
    async run(lane, work) {
      const state = stateOf(lane);
      const started = performance.now();
      const isProbe = rests(state);
      state.running += 1;
      try {
        await work();
      } finally {
        const hasRested = rests(state);
        const now = performance.now();
        state.running -= 1;
        state.failed = now - started > slowMs || isAway(lane) ? state.failed + 1 : 0;
        if (rests(state)) {
          if (isProbe) state.rests += 1;
          state.closedUntil = now + Math.min(restMs, firstRestMs * 2 ** state.rests);
        } else state.rests = 0;
        if (rests(state) !== hasRested) onChange(laneOf(state), hasRested ? 'answers' : 'rests');
        if (state.running === 0 && state.failed === 0) lanes.delete(`${state.method}:${state.merchantId}`);
      }
    },
  };
}

const laneOf = ({ merchantId, method }: State): { merchantId: string; method: PaymentMethod } => ({ merchantId, method });
