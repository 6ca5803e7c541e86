/** At most so many cards for one payment within an hour: whoever has so many needs a person, and whoever tries stolen ones gets no further. */

import { ProblemError } from '../../payments/model/problem-error.ts';
import type { AttemptRecord, PaymentRecord, Refusal } from '../../payments/model/records.ts';
import type { RateLimitCounter } from '../../payments/model/store.ts';
import { rateLimitKeyForIp } from '../client-address.ts';
import type { CardAccount, CardDeps } from './account.ts';
import type { StoredCard } from './card-session.ts';

export const hourMs = 3_600_000;

export const checkCardAttempts =
  (most: number) =>
  (earlier: readonly AttemptRecord[], now: number): Refusal | null => {
    const recent = earlier.filter(({ method, startedAt }) => method === 'card' && startedAt > now - hourMs);
    const first = recent.at(-most);
    return first ? { code: 'too_many_attempts', retryAt: new Date(first.startedAt + hourMs).toISOString() } : null;
  };

/** Slows down whoever tries many cards from one address. Counted in a row, under a keyed hash of the address. */
/** Counts one card more. Throws `too_many_attempts`. */
export async function limitCardTries(
  { store, sealer, clock }: CardDeps,
  { id, settings }: CardAccount,
  ip: string,
): Promise<void> {
  const subject = sealer.fingerprint(`${id} ${rateLimitKeyForIp(ip)}`);
  const { count, resetsAt } = await store.hitRateLimit('card_address', subject, clock.now(), hourMs);
  if (count > settings.limits.cardsPerAddress)
    throw new ProblemError('too_many_attempts', { retryAt: new Date(resetsAt).toISOString() });
}

/** Counts the SMS that are sent: for one payment, and to the phone of one card, whatever payment it is for. */
const tenMinutesMs = 600_000;

export const smsLimits = ({ store, sealer, clock }: CardDeps, { id }: CardAccount, payment: PaymentRecord) => ({
  ofPayment: (): Promise<RateLimitCounter> => store.hitRateLimit('sms_payment', payment.id, clock.now(), hourMs),
  /** Counted, and not sent after all. */
  giveBackToPayment: (): Promise<void> => store.refundRateLimit('sms_payment', payment.id),
  /**
   * Before the first SMS nobody has told us the phone, and then only its first and last digits, which many phones share. A card has one
   * phone, so it is counted by the card.
   */
  ofCard: ({ mark }: StoredCard): Promise<RateLimitCounter> =>
    store.hitRateLimit('sms_phone', sealer.fingerprint(`${id} ${mark}`), clock.now(), tenMinutesMs),
});

/** How many wrong SMS codes were typed for a token within a day. Counted in a row: neither a new SMS nor a restart makes it less. */
const kind = 'sms_code';
const dayMs = 24 * 3_600_000;

export const wrongSmsCodes = ({ store, sealer, clock }: CardDeps, token: string): Promise<RateLimitCounter> =>
  store.readRateLimit(kind, sealer.fingerprint(token), clock.now());

/** Before the guess is made, so that many at once are no more than may be. */
export const countWrongSmsCode = ({ store, sealer, clock }: CardDeps, token: string): Promise<RateLimitCounter> =>
  store.hitRateLimit(kind, sealer.fingerprint(token), clock.now(), dayMs);

/** It was no guess, or a right one. Never fails: it stands between Payme's answer and what follows from it. */
export const refundWrongSmsCode = ({ store, sealer, observer }: CardDeps, token: string): Promise<void> =>
  store.refundRateLimit(kind, sealer.fingerprint(token)).catch((cause: unknown) => observer.failure('tries', cause));
