/**
 * Keeps one upstream from holding up the others: each merchant's account at a method is a lane of its own, with so many attempts at work at the
 * same time and no more. A lane whose upstream hangs is left alone for a while, and then asked about one attempt before all the others.
 */
import type { PaymentMethod } from '#contract';
import type { Lane } from '../payments/model/store.ts';

export interface Lanes {
  /** Those that no further attempt of is to be begun with. */
  closed(): Lane[];
  /** Those that were left alone for long enough: one attempt of each may be tried. */
  probing(): Lane[];
  /** Runs the work in its lane. */
  run(lane: Lane, work: () => Promise<void>): Promise<void>;
}

/** Of one lane: more wait until some of these have an end. */
const mostAtWork = 10;
/** After so many slow ones in a row an upstream hangs. */
const slowOnes = 5;

interface State extends Lane {
  running: number;
  /** In a row. */
  slow: number;
  /** By `performance.now()`: nothing of it is begun before. */
  closedUntil: number;
}

/**
 * @param slowMs An upstream that takes longer hangs: most answer within a second.
 * @param restMs How long it is then left alone.
 */
export function createLanes(slowMs: number, restMs: number): Lanes {
  const lanes = new Map<string, State>();
  const stateOf = ({ merchantId, method }: Lane): State => {
    const key = `${method}:${merchantId}`;
    const known = lanes.get(key) ?? { merchantId, method, running: 0, slow: 0, closedUntil: 0 };
    lanes.set(key, known);
    return known;
  };
  const hangs = ({ slow }: State) => slow >= slowOnes;

  return {
    closed: () => [...lanes.values()].filter((lane) => hangs(lane) || lane.running >= mostAtWork).map(laneOf),
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
