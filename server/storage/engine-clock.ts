/**
 * This machine's time for the embedded engine, which has no other. A wall clock that jumps is believed only once it has held for a minute, so
 * that no payment expires because of a slip; until then the monotonic clock goes on from where the time was.
 */
import type { DatabaseClock } from './database-clock.ts';

/** Milliseconds. What a clock is nudged by is no jump. */
const jumpMs = 2_000;
const holdsMs = 60_000;

export function createSteadyClock(wall = (): number => Date.now(), monotonic = (): number => performance.now()): DatabaseClock {
  let time = wall();
  let at = monotonic();
  let jumpedAt: number | null = null;
  const now = (): number => {
    const passed = monotonic();
    time += passed - at;
    at = passed;
    if (Math.abs(wall() - time) > jumpMs) jumpedAt ??= at;
    else jumpedAt = null;
    if (jumpedAt === null || at - jumpedAt >= holdsMs) time = wall();
    return Math.round(time);
  };
  return { now, skewMs: () => wall() - now(), stop: () => undefined };
}
