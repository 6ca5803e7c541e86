/**
 * The limits of payment by card: how many cards may be tried, how many SMS are sent and how many wrong codes are allowed. They
 * stop whoever tries stolen cards or guesses codes. All counts are rows, so that neither a restart nor a second process forgets
 * them. Only what Payme was really asked counts, and what has paid is taken back.
 */
import type { ProblemCode } from '#contract';
import { ProblemError } from '../../payments/model/errors.ts';
import type { Outcome } from '../../payments/model/ports.ts';
import type { AttemptRecord, Decline, PaymentRecord } from '../../payments/model/records.ts';
import type { RateLimitCounter } from '../../payments/model/store.ts';
import { dayMs, hourMs, isoTime, minuteMs } from '../../payments/model/time.ts';
import { countByAddress, createTally, type Tally } from '../client-address.ts';
import type { CardAccount, CardDeps } from './account.ts';
import type { StoredCard } from './card-session.ts';

/** Decides by the attempts of a payment whether another one may begin. */
type Guard = (earlier: readonly AttemptRecord[], now: number) => Decline | null;

/** So many attempts by card for one payment in an hour, whatever became of them: each costs rows here and calls of Payme. */
const mostStarts = 30;

/**
 * A guard for a new attempt: it refuses more than `most` cards for one payment in an hour. A customer who has tried so many needs
 * a person's help.
 */
export const checkCardAttempts =
  (most: number): Guard =>
  (earlier, now) => {
    const recent = earlier.filter(({ method, startedAt }) => method === 'card' && startedAt > now - hourMs);
    const first = recent.filter(({ problem }) => !isUntried(problem)).at(-most) ?? recent.at(-mostStarts);
    return first ? { code: 'too_many_attempts', retryAt: isoTime(first.startedAt + hourMs) } : null;
  };

/** Declines that say nothing about the card: Payme was not reached, it refused our own request, or nothing was sent at all. */
const untried: ReadonlySet<ProblemCode> = new Set([
  'provider_unavailable',
  'method_unavailable',
  'payment_processing',
  'payment_expired',
]);
const isUntried = (decline: Pick<Decline, 'code'> | null): boolean => decline !== null && untried.has(decline.code);

/** A card that counts until it is given back. */
export interface CountedCard {
  /** Refuses what exceeds the limits. */
  guard: Guard;
  /** No attempt has begun. */
  giveBack(): Promise<void>;
  /** Waits for what came of the card. Gives it back if it was not tried, and else when its attempt pays. */
  settle(attemptId: string, pending: Promise<Outcome>): Promise<Outcome>;
}

/** Counts one more card before Payme is called, so that many requests at once cannot pass the limit together. */
export async function countCard(
  deps: CardDeps,
  { settings: { limits } }: CardAccount,
  { merchantId }: Pick<PaymentRecord, 'merchantId'>,
  ip: string,
): Promise<CountedCard> {
  const tally = createTally(deps);
  const address = { kind: 'card_address', owner: merchantId, most: limits.cardsPerAddress, windowMs: hourMs };
  const until = await countByAddress(tally, deps.sealer, address, ip);
  const ofPayment = checkCardAttempts(limits.cardsPerPayment);
  return {
    guard: (earlier, now) =>
      ofPayment(earlier, now) ?? (until === null ? null : { code: 'too_many_attempts', retryAt: isoTime(until) }),
    giveBack: tally.giveBack,
    async settle(attemptId, pending) {
      const outcome = await pending.catch(async (cause: unknown) => {
        if (cause instanceof ProblemError) await tally.giveBack();
        throw cause;
      });
      await (outcome.kind === 'declined' && isUntried(outcome.decline) ? tally.giveBack() : tally.keepFor(attemptId));
      return outcome;
    },
  };
}

/** The counters of SMS codes. Each call counts one more, by the tally of that SMS, and returns the new count. */
export const smsLimits = ({ sealer }: CardDeps, { id }: CardAccount, payment: PaymentRecord, tally: Tally) => ({
  ofPayment: (): Promise<RateLimitCounter> => tally.count('sms_payment', payment.id, hourMs),
  /**
   * Counts the SMS to the phone of this card, for whatever payment. The card stands for its phone: before the first SMS we do not
   * know the phone, and afterwards only its first and last digits, which many phones share.
   */
  ofCard: ({ mark }: StoredCard): Promise<RateLimitCounter> =>
    tally.count('sms_phone', sealer.fingerprints(`${id} ${mark}`), 10 * minuteMs),
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
