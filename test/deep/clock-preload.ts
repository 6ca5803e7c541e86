/**
 * Is loaded into each BFF process before the product (`--import`). Wall clock and monotonic clock follow the schedule, and
 * background work pauses for a shorter time. The IPC channel brings jumps of simulated time, and the error of this process's wall
 * clock.
 */
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

export interface ClockNews {
  /** Milliseconds by which all clocks were moved forward. */
  jumped: number;
  /** Milliseconds by which this process's wall clock is ahead. */
  skew: number;
  /** The factor by which pauses of `node:timers/promises` and intervals are shorter. */
  pauses: number;
}

const { origin, speed, ...first } = JSON.parse(process.env.CHAOS_CLOCK ?? '{}') as ClockNews & { origin: number; speed: number };
let { jumped, skew, pauses } = first;

const wall = Date.now.bind(Date);
Date.now = () => Math.round(origin + (wall() - origin) * speed + jumped + skew);

// A monotonic clock cannot be set, so it has no error.
const monotonic = performance.now.bind(performance);
performance.now = () => monotonic() * speed + jumped;

const pause = timers.setTimeout;
timers.setTimeout = ((ms?: number, value?: unknown, options?: object) =>
  pause((ms ?? 0) / pauses, value, options)) as typeof timers.setTimeout;
syncBuiltinESMExports();
const every = globalThis.setInterval;
globalThis.setInterval = ((run: () => void, ms?: number, ...args: []) =>
  every(run, (ms ?? 0) / pauses, ...args)) as typeof setInterval;

process.on('message', (news) => {
  ({ jumped, skew, pauses } = news as ClockNews);
  process.send?.('heard');
});
// The channel does not keep the process alive, and a process whose run has ended exits.
process.channel?.unref();
process.on('disconnect', () => process.exit(0));
