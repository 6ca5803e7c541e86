/**
 * Loaded into each BFF process before the product (`--import`): wall clock and monotonic clock run as the schedule says, and background work pauses
 * for shorter. The IPC channel tells how far simulated time has been moved on, and how wrong this process's wall clock is.
 */
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

export interface ClockNews {
  /** Milliseconds by which all clocks have been moved on: time that has passed for everybody. */
  jumped: number;
  /** Milliseconds by which this process's wall clock is ahead of the time. */
  skew: number;
  /** How many times shorter a pause of `node:timers/promises`, or between two runs of an interval, is. */
  pauses: number;
}

const { origin, speed, ...first } = JSON.parse(process.env.CHAOS_CLOCK ?? '{}') as ClockNews & { origin: number; speed: number };
let { jumped, skew, pauses } = first;

const wall = Date.now.bind(Date);
Date.now = () => Math.round(origin + (wall() - origin) * speed + jumped + skew);

// Nobody can set a monotonic clock, so it has no skew.
const monotonic = performance.now.bind(performance);
performance.now = () => monotonic() * speed + jumped;

const pause = timers.setTimeout;
timers.setTimeout = ((ms?: number, value?: unknown, options?: object) =>
  pause((ms ?? 0) / pauses, value, options)) as typeof timers.setTimeout;
syncBuiltinESMExports();
const every = globalThis.setInterval;
globalThis.setInterval = ((run: () => void, ms?: number, ...told: []) =>
  every(run, (ms ?? 0) / pauses, ...told)) as typeof setInterval;

process.on('message', (news) => {
  ({ jumped, skew, pauses } = news as ClockNews);
  process.send?.('heard');
});
// The channel keeps nobody alive; and whoever has lost the run that started it is of no use.
process.channel?.unref();
process.on('disconnect', () => process.exit(0));
