/**
 * When to ask again about an attempt whose outcome is unknown: 2, 5, 10, 20, 40 s, 1, 2, 5, 10, 30 min, then hourly to a day,
 * then daily to a week. After that only a person can tell. One that has ended though a call of it may still arrive is read twice more.
 */
const seconds = [2, 5, 10, 20, 40, 60, 120, 300, 600, 1800, ...Array<number>(23).fill(3600), ...Array<number>(6).fill(86_400)];
const hourMs = 3_600_000;
const leastMs = 2_000;
const afterEndMs = [10 * 60_000, 24 * hourMs];

/**
 * Milliseconds until the next check, so long after the outcome became unknown; null when the schedule is over. It goes by
 * time, so that who asks in between does not use it up; and after a long standstill there are still checks before the end.
 */
export function nextCheckIn(elapsedMs: number, checks: number): number | null {
  let planned = 0;
  for (const delay of seconds) {
    planned += delay * 1000;
    if (planned > elapsedMs) return Math.max(planned - elapsedMs, leastMs);
  }
  return checks < seconds.length ? hourMs : null;
}

/** Milliseconds from `now` until an attempt that ended then is read again for what may have arrived since; null when that was the last time. */
export function nextLateCheckIn(endedAt: number, now: number): number | null {
  const next = afterEndMs.find((delay) => endedAt + delay > now);
  return next === undefined ? null : endedAt + next - now;
}

/** Nobody, however impatient, has an upstream asked about the same attempt more often than this. */
export const minCheckIntervalMs = 2_000;
