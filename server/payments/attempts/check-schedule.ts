/** When to check an attempt again. */
import { dayMs, hourMs, minuteMs } from '../model/time.ts';

/**
 * Seconds between the checks of an attempt whose outcome is unknown: dense at first, then hourly to a day, then daily to a
 * week. After that only a person can decide.
 */
const seconds = [2, 5, 10, 20, 40, 60, 120, 300, 600, 1800, ...Array<number>(23).fill(3600), ...Array<number>(6).fill(86_400)];

/** Minimum interval between two checks of one attempt in milliseconds, however often somebody requests one. */
export const minCheckIntervalMs = 2_000;

/**
 * Milliseconds until the next check of an attempt whose outcome has been unknown for `elapsedMs`; null when the schedule is
 * over. The schedule follows the clock and not the number of checks, so requested checks do not use it up. If the process
 * stood still for long, there are still hourly checks before the end.
 */
export function nextCheckIn(elapsedMs: number, checks: number): number | null {
  let planned = 0;
  for (const delay of seconds) {
    planned += delay * 1000;
    if (planned > elapsedMs) return Math.max(planned - elapsedMs, minCheckIntervalMs);
  }
  return checks < seconds.length ? hourMs : null;
}

/** After the end of an attempt of which a call may still arrive, upstream is read twice more. */
const lateCheckMs = [10 * minuteMs, dayMs];

/** Milliseconds from `now` until the next of these reads; null after the last. */
export function nextLateCheckIn(endedAt: number, now: number): number | null {
  const next = lateCheckMs.find((delay) => endedAt + delay > now);
  return next === undefined ? null : endedAt + next - now;
}
