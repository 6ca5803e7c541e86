/**
 * When to ask again about an attempt whose outcome is unknown: 2, 5, 10, 20, 40 s, 1, 2, 5, 10, 30 min, then hourly to a day,
 * then daily to a week. After that only a person can tell.
 */
const seconds = [2, 5, 10, 20, 40, 60, 120, 300, 600, 1800, ...Array<number>(23).fill(3600), ...Array<number>(6).fill(86_400)];

/** Milliseconds until the next check after so many were made; null when all are used up. */
export const nextCheckIn = (checks: number): number | null => {
  const delay = seconds[checks];
  return delay === undefined ? null : delay * 1000;
};
