/**
 * When a failed webhook is tried again: 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h after the last try, and then daily as long
 * as it is younger than the sum of these delays, which is more than three days.
 */
import { dayMs, hourMs } from '../payments/model/time.ts';

const delaysMs = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400].map((seconds) => seconds * 1000);

/** How long a webhook is tried at least, and how long one for an endpoint that was removed waits for it. */
export const triedForMs = delaysMs.reduce((sum, delay) => sum + delay, 0);
/** A random tenth either way, so that a recovering host does not get everything at once. */
const jitter = 0.1;
/** A host that answers 410 (gone for good) is left alone for at least this long: it may be a mistake of a deployment. */
const goneMs = hourMs;

/**
 * A webhook that was delivered and is sent again is tried so often, about half an hour in all: the merchant has had it once, and it
 * must not hold back news of the same payment for days.
 */
export const triesOfRedelivery = 4;

/** What the host answered to the last try. */
export interface Failure {
  /** The HTTP status; 0 = no answer. */
  status: number;
  /** The host's `Retry-After`, followed up to a day. */
  retryAfterMs: number;
}

/**
 * Milliseconds until the next try; null when there is none.
 * @param tries how many tries have failed, from 1
 * @param ageMs since the webhook was created, or was queued to be sent again
 * @param chance random, from 0 to 1
 */
export function nextTryIn(tries: number, ageMs: number, chance: number, { status, retryAfterMs }: Failure): number | null {
  const delay = delaysMs[tries - 1] ?? (ageMs < triedForMs ? dayMs : undefined);
  if (delay === undefined) return null;
  const planned = Math.round(delay * (1 - jitter + 2 * jitter * chance));
  return Math.max(planned, Math.min(retryAfterMs, dayMs), status === 410 ? goneMs : 0);
}

/**
 * The longest planned delay after so many tries (the first element is for one try), unless the host requested a longer one or
 * answered 410.
 */
export const longestWaits: readonly number[] = delaysMs.map((delay) => delay * (1 + jitter));
