/**
 * The limits of payment by card: how many cards may be tried, how many SMS are sent and how many wrong codes are allowed. They
 * stop whoever tries stolen cards or guesses codes. All counts are rows, so that neither a restart nor a second process forgets
 * them. Only what Payme was really asked counts, and what has paid is taken back.
 */
import type { ProblemCode } from '#contract';
import { OperatorNotice, ProblemError } from '../../payments/model/errors.ts';
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

/** Where an address has used up its cards or SMS, one more of new customers goes on in so long. */
const addressTurnMs = 5 * minuteMs;
/** Where a merchant's SMS are used up or its cards are being tested, one more of all new customers goes on in so long. */
const merchantTurnMs = 30_000;
/** So many times in a day a customer who has paid before passes where new ones wait. */
const passesPerDay = 20;

type Customer = Pick<PaymentRecord, 'merchantId' | 'label'>;

/** Whether the customer has paid at this merchant before, and so need not wait. */
async function mayPass({ store, sealer }: CardDeps, tally: Tally, { merchantId, label }: Customer): Promise<boolean> {
  if (!(await store.hasPaid(merchantId, label))) return false;
  const { count } = await tally.count('card_pass', sealer.fingerprints(`${merchantId} ${label}`), dayMs);
  return count <= passesPerDay;
}

/** Something that was counted before an attempt may do it. */
export interface Counted {
  /** Refuses what exceeds the limits. */
  guard: Guard;
  /** It was not tried. */
  giveBack(): Promise<void>;
}

export interface CountedCard extends Counted {
  /** Waits for what came of the card. Gives it back if it was not tried, and else when its attempt pays. */
  settle(attemptId: string, pending: Promise<Outcome>): Promise<Outcome>;
}

const refuseUntil = (until: number | null): Decline | null =>
  until === null ? null : { code: 'too_many_attempts', retryAt: isoTime(until) };

/** Counts one more card before Payme is called, so that many requests at once cannot pass the limit together. */
export async function countCard(deps: CardDeps, account: CardAccount, payment: PaymentRecord, ip: string): Promise<CountedCard> {
  const { limits } = account.settings;
  const { merchantId } = payment;
  const tally = createTally(deps);
  const address = { kind: 'card_address', owner: merchantId, most: limits.cardsPerAddress, windowMs: hourMs };
  const addressUntil = await countByAddress(tally, deps.sealer, { ...address, thenEveryMs: addressTurnMs }, ip);
  const testing = addressUntil === null && (await declinedShare(deps, account, merchantId)) !== null;
  const turnAt = testing ? await tally.turn('card_merchant', merchantId, merchantTurnMs) : addressUntil;
  const until = turnAt !== null && (await mayPass(deps, tally, payment)) ? null : turnAt;
  const ofPayment = checkCardAttempts(limits.cardsPerPayment);
  return {
    guard: (earlier, now) => ofPayment(earlier, now) ?? refuseUntil(until),
    giveBack: tally.giveBack,
    async settle(attemptId, pending) {
      const outcome = await pending.catch(async (cause: unknown) => {
        if (cause instanceof ProblemError) await tally.giveBack();
        throw cause;
      });
      const untried = outcome.kind === 'declined' && isUntried(outcome.decline);
      const tried = untried ? undefined : countForBreaker(deps, account, merchantId, 'card_tried');
      const counted = untried || outcome.kind === 'paid' ? tally.giveBack() : tally.keepFor(attemptId);
      // What has paid is stored without waiting for anything.
      if (outcome.kind === 'paid') return outcome;
      await Promise.all([tried, counted]);
      return noteDecline(deps, account, merchantId, outcome);
    },
  };
}

/** What Payme says of a card that it declines. */
const ofTheCard: ReadonlySet<ProblemCode> = new Set([
  'card_number',
  'card_expiry',
  'card_declined',
  'card_sms_disabled',
  'insufficient_funds',
]);

/** Notes that a card was declined, at whatever call, and returns the outcome. */
export async function noteDecline(deps: CardDeps, account: CardAccount, merchantId: string, outcome: Outcome): Promise<Outcome> {
  if (outcome.kind === 'declined' && ofTheCard.has(outcome.decline.code))
    await countForBreaker(deps, account, merchantId, 'card_declined');
  return outcome;
}

/** How many minutes the breaker looks back, counted a minute at a time. */
const breakerMinutes = 10;

/** Never throws: it runs beside calls whose effect must be stored. */
async function countForBreaker(deps: CardDeps, account: CardAccount, merchantId: string, kind: string): Promise<void> {
  const { store, clock, observer } = deps;
  const now = clock.now();
  const minute = `${merchantId} ${Math.floor(now / minuteMs)}`;
  try {
    await store.hitRateLimit(kind, minute, now, (breakerMinutes + 1) * minuteMs);
    const share = kind === 'card_declined' ? await declinedShare(deps, account, merchantId) : null;
    if (share) await alarm(deps, 'card_alarm', merchantId, `stolen cards may be tested at ${merchantId}: ${share}`);
  } catch (cause) {
    observer.failure('tries', cause);
  }
}

/** In words, how many cards of the merchant's customers were declined lately. Null while that is nothing unusual. */
async function declinedShare(
  { store, clock }: CardDeps,
  { settings: { limits } }: CardAccount,
  merchantId: string,
): Promise<string | null> {
  const now = clock.now();
  const minutes = Array.from({ length: breakerMinutes }, (_, ago) => `${merchantId} ${Math.floor(now / minuteMs) - ago}`);
  const most = limits.breakerPercent / 100;
  const { count: declined } = await store.readRateLimit('card_declined', minutes, now);
  if (declined < limits.breakerCards * most) return null;
  const { count: tried } = await store.readRateLimit('card_tried', minutes, now);
  const unusual = tried >= limits.breakerCards && declined >= tried * most;
  return unusual ? `${declined} of ${tried} cards were declined in ${breakerMinutes} minutes` : null;
}

/** Reports something to the operator, once an hour at most. */
async function alarm({ store, clock, observer }: CardDeps, kind: string, merchantId: string, text: string): Promise<void> {
  const { count } = await store.hitRateLimit(kind, merchantId, clock.now(), hourMs);
  if (count === 1) observer.failure('guessing', new OperatorNotice(text));
}

/** An SMS that counts until it is given back. */
export interface CountedSms extends Tally, Counted {}

/** Counts one more SMS by the address and the merchant, before it is known whether the card gets one. */
export async function countSms(deps: CardDeps, account: CardAccount, payment: PaymentRecord, ip: string): Promise<CountedSms> {
  const { limits } = account.settings;
  const { merchantId } = payment;
  const tally = createTally(deps);
  const address = { kind: 'sms_address', owner: merchantId, most: limits.smsPerAddress, windowMs: hourMs };
  const addressUntil = await countByAddress(tally, deps.sealer, { ...address, thenEveryMs: addressTurnMs }, ip);
  const usedUp = (await tally.count('sms_merchant', merchantId, dayMs)).count > limits.smsPerMerchant;
  if (usedUp)
    await alarm(deps, 'sms_alarm', merchantId, `${limits.smsPerMerchant} SMS of ${merchantId} have led to no payment today`);
  const turnAt = addressUntil ?? (usedUp ? await tally.turn('sms_merchant', merchantId, merchantTurnMs) : null);
  const until = turnAt !== null && (await mayPass(deps, tally, payment)) ? null : turnAt;
  return { ...tally, guard: () => refuseUntil(until) };
}

/**
 * Counts an SMS that is about to be sent, by its payment and by the phone of its card, for whatever payment. The card stands for its
 * phone, which we do not know before the first SMS; of that and later ones Payme shows the first and last digits.
 * @returns The counters, and the one that is exceeded, if any.
 */
export async function countSmsOfCard(
  deps: CardDeps,
  { id, settings: { limits } }: CardAccount,
  payment: PaymentRecord,
  sms: Tally,
  { mark, phone }: Pick<StoredCard, 'mark'> & { phone: string | null },
) {
  const { store, sealer, clock } = deps;
  const ofPayment = await sms.count('sms_payment', payment.id, hourMs);
  const ofCard = await sms.count('sms_phone', sealer.fingerprints(`${id} ${mark}`), 10 * minuteMs);
  const masked = phone && (await store.readRateLimit('sms_masked', maskedPhone(sealer, id, phone), clock.now()));
  const crowded = masked && masked.count >= limits.smsPerMaskedPhone ? masked : null;
  const passes = crowded !== null && (await mayPass(deps, sms, payment));
  const exceeded: RateLimitCounter | null =
    ofPayment.count > limits.smsPerPayment ? ofPayment : ofCard.count > limits.smsPerPhone ? ofCard : passes ? null : crowded;
  return { ofPayment, ofCard, exceeded };
}

const maskedPhone = (sealer: CardDeps['sealer'], accountId: string, phone: string) =>
  sealer.fingerprints(`${accountId} ${phone}`);

/** Counts an SMS by the digits of its phone that Payme has shown with it. */
export const countMaskedPhone = (
  { sealer }: CardDeps,
  { id }: CardAccount,
  sms: Tally,
  phone: string,
): Promise<RateLimitCounter> => sms.count('sms_masked', maskedPhone(sealer, id, phone), hourMs);

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
