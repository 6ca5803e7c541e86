/** A clock that a test can move. Between moves it runs as fast as real time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  set(now: number): void;
  advance(milliseconds: number): void;
  /** Back to real time. */
  reset(): void;
}

export function createClock(real: () => number = Date.now): Clock {
  let ahead = 0;
  return {
    now: () => real() + ahead,
    set: (now) => {
      ahead = now - real();
    },
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    reset: () => {
      ahead = 0;
    },
  };
}
