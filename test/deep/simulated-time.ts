/**
 * The time of a schedule: it runs faster than ours and can be moved on, so that minutes of retries, and days of waiting, fit into seconds. The
 * BFF's processes (`clock-preload.ts`), their database (`database.ts`) and the simulators all go by it; skew is added per process.
 */

export interface SimulatedTime {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Real milliseconds that so many simulated ones take. */
  real(simulatedMs: number): number;
  /** Moves it on for everybody. */
  jump(ms: number): void;
  /** What a process has to know to tell the time: see `clock-preload.ts`. */
  readonly origin: number;
  readonly speed: number;
  readonly jumped: number;
}

export function createSimulatedTime(speed: number): SimulatedTime {
  const origin = Date.now();
  let jumped = 0;
  return {
    origin,
    speed,
    get jumped() {
      return jumped;
    },
    now: () => Math.round(origin + (Date.now() - origin) * speed + jumped),
    real: (simulatedMs) => simulatedMs / speed,
    jump(ms) {
      jumped += ms;
    },
  };
}
