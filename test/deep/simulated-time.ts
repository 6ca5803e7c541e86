/**
 * The time of a schedule. It runs faster than real time and can be moved forward, so that minutes of retries and days of waiting
 * fit into seconds. The BFF's processes (`clock-preload.ts`), their database (`database.ts`) and the simulators use it; each
 * process may have an error added.
 */

export interface SimulatedTime {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Converts simulated milliseconds to real ones. */
  real(simulatedMs: number): number;
  /** Moves the time forward for all. */
  jump(ms: number): void;
  /** What a process needs to compute the time: see `clock-preload.ts`. */
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
