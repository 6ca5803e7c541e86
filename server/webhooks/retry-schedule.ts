/**
 * When a webhook is tried again: 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h after the try before, and daily while it is younger than all of
 * these together: more than three days.
 */
const seconds = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const promisedMs = seconds.reduce((sum, delay) => sum + delay * 1000, 0);
/** A tenth of chance either way keeps a recovering host from being hit by all at once. */
const chanceOf = 0.1;
/** A host that says for good that it wants none (410) is left alone for so long at least: it may be a slip of a deployment. */
const goneMs = hourMs;

/** What the host answered to the last try. */
export interface Failure {
  /** 0: nothing. */
  status: number;
  /** The host's own wish, believed up to a day. */
  retryAfterMs: number;
}

/**
 * Milliseconds until the next try after so many failed ones; null when there is none.
 * @param ageMs Since the webhook was written.
 * @param chance From 0 to 1.
 */
export function nextTryIn(tries: number, ageMs: number, chance: number, { status, retryAfterMs }: Failure): number | null {
  const delay = seconds[tries - 1] ?? (ageMs < promisedMs ? dayMs / 1000 : undefined);
  if (delay === undefined) return null;
  const planned = Math.round(delay * 1000 * (1 - chanceOf + 2 * chanceOf * chance));
  return Math.max(planned, Math.min(retryAfterMs, dayMs), status === 410 ? goneMs : 0);
}

/** The longest that is waited after so many tries, where the host wishes for nothing longer and is not gone; by the number of tries, from 1. */
export const longestWaits: readonly number[] = seconds.map((delay) => delay * 1000 * (1 + chanceOf));
