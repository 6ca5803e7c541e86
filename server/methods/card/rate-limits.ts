/**
 * The limits of payment by card: how many cards may be tried, how many SMS are sent and how many wrong codes are allowed. They
 * stop whoever tries stolen cards or guesses codes. All counts are rows, so that neither a restart nor a second process forgets
 * them.
 */
import { ProblemError } from '../../payments/model/errors.ts';
import type { AttemptRecord, Decline, PaymentRecord } from '../../payments/model/records.ts';
import type { RateLimitCounter } from '../../payments/model/store.ts';
import { dayMs, hourMs, isoTime, minuteMs } from '../../payments/model/time.ts';
import { rateLimitKeyForIp } from '../client-address.ts';
import type { CardAccount, CardDeps } from './account.ts';
import type { StoredCard } from './card-session.ts';

/**
 * A guard for a new attempt: it refuses more than `most` cards for one payment in an hour. A customer who has tried so many needs
 * a person's help.
 */
export const checkCardAttempts =
  (most: number) =>
  (earlier: readonly AttemptRecord[], now: number): Decline | null => {
    const recent = earlier.filter(({ method, startedAt }) => method === 'card' && startedAt > now - hourMs);
    const first = recent.at(-most);
    return first ? { code: 'too_many_attempts', retryAt: isoTime(first.startedAt + hourMs) } : null;
  };

/**
 * Counts one more card that is tried from this address. Only a keyed hash of the address is stored.
 * @throws {ProblemError} `too_many_attempts`
 */
export async function limitCardTries(
  { store, sealer, clock }: CardDeps,
  { id, settings }: CardAccount,
  ip: string,
): Promise<void> {
  const subject = sealer.fingerprints(`${id} ${rateLimitKeyForIp(ip)}`);
  const { count, resetsAt } = await store.hitRateLimit('card_address', subject, clock.now(), hourMs);
  if (count > settings.limits.cardsPerAddress) throw new ProblemError('too_many_attempts', { retryAt: isoTime(resetsAt) });
}

/** The two counters of SMS codes. Each call counts one more and returns the new count. */
export const smsLimits = ({ store, sealer, clock }: CardDeps, { id }: CardAccount, payment: PaymentRecord) => ({
  ofPayment: (): Promise<RateLimitCounter> => store.hitRateLimit('sms_payment', payment.id, clock.now(), hourMs),
  /** Takes back a count whose SMS was not sent after all. */
  refundPayment: (): Promise<void> => store.refundRateLimit('sms_payment', payment.id),
  /**
   * Counts the SMS to the phone of this card, for whatever payment. The card stands for its phone: before the first SMS we do not
   * know the phone, and afterwards only its first and last digits, which many phones share.
   */
  ofCard: ({ mark }: StoredCard): Promise<RateLimitCounter> =>
    store.hitRateLimit('sms_phone', sealer.fingerprints(`${id} ${mark}`), clock.now(), 10 * minuteMs),
});

/** The rate limit under which wrong SMS codes are counted: per token and day, so that a new SMS does not allow more of them. */
const wrongCodeKind = 'sms_code';

export const wrongSmsCodes = ({ store, sealer, clock }: CardDeps, token: string): Promise<RateLimitCounter> =>
  store.readRateLimit(wrongCodeKind, sealer.fingerprints(token), clock.now());

/** Counts a code as wrong before Payme has checked it, so that many requests at once cannot pass the limit together. */
export const countWrongSmsCode = ({ store, sealer, clock }: CardDeps, token: string): Promise<RateLimitCounter> =>
  store.hitRateLimit(wrongCodeKind, sealer.fingerprints(token), clock.now(), dayMs);

/**
 * Takes the count back for a code that was right or was not checked. Never throws: it runs between Payme's answer and its effect.
 */
export const refundWrongSmsCode = ({ store, sealer, observer }: CardDeps, token: string): Promise<void> =>
  store.refundRateLimit(wrongCodeKind, sealer.fingerprints(token)).catch((cause: unknown) => observer.failure('tries', cause));
