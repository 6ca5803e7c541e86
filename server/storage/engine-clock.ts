/**
 * This machine's time for the embedded engine, which has no other. A wall clock that jumps is believed only once it has held for a minute, so
 * that no payment expires because of a slip; until then the monotonic clock goes on from where the time was.
 */
import type { Clock } from '../payments/model/ports.ts';

/** Milliseconds. What a clock is nudged by is no jump. */
const jumpMs = 2_000;
const holdsMs = 60_000;

export function createMonotonicClock(
  wall = (): number => Date.now(),
  monotonic = (): number => performance.now(),
): DatabaseClock {
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

/**
 * The database's time, for all processes that share it: leases and expiry must not depend on which of them looks. It is asked every few seconds
 * and carried on by the machine's monotonic clock in between, so a wall clock that is wrong or jumps changes nothing.
 */
export interface DatabaseClock extends Clock {
  /** By how much this machine's wall clock is ahead, in milliseconds. */
  skewMs(): number;
  stop(): void;
}

const everyMs = 3_000;
/** An answer that took longer says too little. */
const longestTripMs = 1_000;

/** @param ask The database's time, milliseconds since 1970. Throws what the first `ask` throws; later it goes on without. */
export async function createDatabaseClock(ask: () => Promise<number>): Promise<DatabaseClock> {
  let anchor = { time: 0, at: 0 };
  const measure = async (most: number): Promise<void> => {
    const before = performance.now();
    const time = await ask();
    const trip = performance.now() - before;
    if (trip <= most) anchor = { time: time + trip / 2, at: before + trip };
  };
  await measure(Number.POSITIVE_INFINITY);
  const now = () => Math.round(anchor.time + performance.now() - anchor.at);
  const timer = setInterval(() => void measure(longestTripMs).catch(() => undefined), everyMs).unref();
  return { now, skewMs: () => Date.now() - now(), stop: () => clearInterval(timer) };
}
