/** When a webhook is tried again: 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h after the try before, then no more. */
const seconds = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
const dayMs = 86_400_000;

/**
 * Milliseconds until the next try after so many failed ones; null when there is none. A tenth of chance either way keeps a
 * recovering host from being hit by all at once. `retryAfterMs` is the host's own wish, up to a day.
 */
export function nextTryIn(tries: number, chance: number, retryAfterMs = 0): number | null {
  const delay = seconds[tries - 1];
  if (delay === undefined) return null;
  return Math.max(Math.round(delay * 1000 * (0.9 + 0.2 * chance)), Math.min(retryAfterMs, dayMs));
}
