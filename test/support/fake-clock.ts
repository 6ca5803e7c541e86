/** A wall clock that moves only when the test moves it. */
import type { Clock } from '../../server/payments/model/ports.ts';

export interface FakeClock extends Clock {
  advance(ms: number): void;
}

export function createFakeClock(start = Date.now()): FakeClock {
  let now = start;
  return {
    now: () => now,
    advance(ms) {
      now += ms;
    },
  };
}
