/**
 * Keeps one payment service from delaying the others: each merchant's account at a method is a lane of its own, in which only so
 * many attempts are checked at the same time. A lane whose service hangs rests for a while; then one attempt is tried before all
 * the others.
 */
import type { PaymentMethod } from '#contract';
import type { Lane } from '../payments/model/store.ts';

interface Lanes {
  /** The lanes in which no further attempt may start. */
  closed(): Lane[];
  /** The hanging lanes that have rested for long enough: one attempt of each may be tried. */
  probing(): Lane[];
  /** Runs the work in its lane. */
  run(lane: Lane, work: () => Promise<void>): Promise<void>;
}

/** How many attempts of one lane are checked at the same time. */
const mostInLane = 10;
/** After so many slow checks in a row the service counts as hanging. */
const slowInARow = 5;

interface State extends Lane {
  running: number;
  /** How many checks in a row were slow. */
  slow: number;
  /** By `performance.now()`: nothing starts before. */
  closedUntil: number;
}

/**
 * @param slowMs a check that takes longer is slow; most services answer within a second
 * @param restMs how long a hanging lane rests
 */
export function createLanes(slowMs: number, restMs: number): Lanes {
  const lanes = new Map<string, State>();
  const stateOf = ({ merchantId, method }: Lane): State => {
    const key = `${method}:${merchantId}`;
    const state = lanes.get(key) ?? { merchantId, method, running: 0, slow: 0, closedUntil: 0 };
    lanes.set(key, state);
    return state;
  };
  const hangs = ({ slow }: State) => slow >= slowInARow;

  return {
    closed: () => [...lanes.values()].filter((lane) => hangs(lane) || lane.running >= mostInLane).map(laneOf),
    probing() {
      const now = performance.now();
      return [...lanes.values()].filter((lane) => hangs(lane) && lane.running === 0 && lane.closedUntil <= now).map(laneOf);
    },
    async run(lane, work) {
      const state = stateOf(lane);
      const started = performance.now();
      state.running += 1;
      try {
        await work();
      } finally {
        state.running -= 1;
        const now = performance.now();
        state.slow = now - started > slowMs ? state.slow + 1 : 0;
        if (hangs(state)) state.closedUntil = now + restMs;
        else if (state.running === 0 && state.slow === 0) lanes.delete(`${state.method}:${state.merchantId}`);
      }
    },
  };
}

const laneOf = ({ merchantId, method }: State): { merchantId: string; method: PaymentMethod } => ({ merchantId, method });
