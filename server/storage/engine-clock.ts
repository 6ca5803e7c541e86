/** The time that payments go by: the database's time on PostgreSQL, this machine's on SQLite. */
import type { Clock } from '../payments/model/ports.ts';

export interface EngineClock extends Clock {
  /** By how much this machine's wall clock is ahead of it, in milliseconds. */
  skewMs(): number;
  stop(): void;
}

/**
 * PostgreSQL's time, for all processes that share the database: leases and expiry must not depend on which process looks. The
 * time is read every few seconds and continued by the machine's monotonic clock in between, so a wall clock that is wrong or
 * jumps changes nothing.
 * @param readTime returns the database's time in milliseconds since 1970
 * @throws what the first `readTime` throws; later failures are ignored
 */
export async function createDatabaseClock(readTime: () => Promise<number>): Promise<EngineClock> {
  let anchor = { time: 0, at: 0 };
  const measure = async (longestMs: number): Promise<void> => {
    const before = performance.now();
    const time = await readTime();
    const tookMs = performance.now() - before;
    if (tookMs <= longestMs) anchor = { time: time + tookMs / 2, at: before + tookMs };
  };
  await measure(Number.POSITIVE_INFINITY);
  const now = () => Math.round(anchor.time + performance.now() - anchor.at);
  const timer = setInterval(() => void measure(longestReadMs).catch(() => undefined), readEveryMs).unref();
  return { now, skewMs: () => Date.now() - now(), stop: () => clearInterval(timer) };
}

const readEveryMs = 3_000;
/** An answer that took longer is too inaccurate. */
const longestReadMs = 1_000;

/**
 * This machine's time, for SQLite, which has no other. A jump of the wall clock is believed only once it has lasted for a minute,
 * so that no payment expires because of a short mistake. Until then the monotonic clock continues from the last good time.
 */
export function createMonotonicClock(wall = (): number => Date.now(), monotonic = (): number => performance.now()): EngineClock {
  let time = wall();
  let at = monotonic();
  let jumpedAt: number | null = null;
  const now = (): number => {
    const current = monotonic();
    time += current - at;
    at = current;
    if (Math.abs(wall() - time) > jumpMs) jumpedAt ??= at;
    else jumpedAt = null;
    if (jumpedAt === null || at - jumpedAt >= believedAfterMs) time = wall();
    return Math.round(time);
  };
  return { now, skewMs: () => wall() - now(), stop: () => undefined };
}

/** A smaller difference is the usual correction of a clock, and no jump. */
const jumpMs = 2_000;
const believedAfterMs = 60_000;
