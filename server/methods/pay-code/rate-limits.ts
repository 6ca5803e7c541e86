/**
 * Slows down whoever guesses codes, and nobody else. Wrong codes are counted per payment, per customer (the label) and per client
 * address, in rows of the database, so that neither a restart nor a second process forgets them. Labels and addresses are stored as
 * keyed hashes. The first code of a payment is looked up even where others of the same address have used up its allowance, because
 * a whole network may share one. How many wrong codes a merchant's customers enter is reported, and locks nobody.
 */
import type { ProblemCode } from '#contract';
import { OperatorNotice, ProblemError } from '../../payments/model/errors.ts';
import type { AttemptRecord, Decline, DiscountRecord, PaymentRecord } from '../../payments/model/records.ts';
import { dayMs, isoTime, minuteMs } from '../../payments/model/time.ts';
import { countByAddress, createTally, type TallyDeps } from '../client-address.ts';
import type { PayCodeAccount, PayCodeDeps } from './account.ts';

/** A try that counts as wrong until it is given back. Neither function throws: both run between PayCodes' answer and its effect. */
export interface CountedTry {
  /** The code was not wrong, or nothing was looked up. */
  giveBack(): Promise<void>;
  /** The code was wrong. Reports it where the merchant's customers enter too many of them. */
  wasWrong(): Promise<void>;
}

/** Longer than any payment can be paid. */
const paymentMs = 30 * dayMs;

/**
 * Counts a try before the code is looked up: many tries at the same moment must not pass as one. Throws `too_many_attempts` where a
 * limit is exceeded; then nothing may be looked up, and nothing is counted.
 */
export async function countWrongCode(
  deps: PayCodeDeps & Pick<TallyDeps, 'store'>,
  { settings: { limits } }: PayCodeAccount,
  { id, merchantId, label }: Pick<PaymentRecord, 'id' | 'merchantId' | 'label'>,
  ip: string,
): Promise<CountedTry> {
  const { store, sealer, clock, observer } = deps;
  const tally = createTally(deps);
  const address = { kind: 'code_address', owner: merchantId, most: limits.wrongPerAddress, windowMs: dayMs };
  const ofPayment = await tally.count('code_payment', id, paymentMs);
  const ofCustomer = await tally.count('code_label', sealer.fingerprints(`${merchantId} ${label}`), dayMs);
  const addressUntil = await countByAddress(tally, sealer, address, ip);
  const customerUntil = ofCustomer.count > limits.wrongPerCustomer ? ofCustomer.resetsAt : null;
  const until = Math.max(customerUntil ?? 0, addressUntil ?? 0);
  // Not even the first code of a payment, once one customer has made so many payments to try codes.
  const isFirst = ofPayment.count === 1 && ofCustomer.count <= limits.wrongPerCustomer + firstTriesPerCustomer;
  if (until > 0 && !isFirst) {
    await tally.giveBack();
    throw new ProblemError('too_many_attempts', { retryAt: isoTime(until) });
  }
  const countOfMerchant = async () => {
    const ofMerchant = await store.hitRateLimit('code_merchant', merchantId, clock.now(), minuteMs);
    // Only the first one over the threshold is reported, so once a minute at most.
    if (ofMerchant.count === limits.wrongPerMerchant + 1)
      observer.failure('guessing', new OperatorNotice(`pay codes of ${merchantId} are being guessed`));
  };
  return {
    giveBack: tally.giveBack,
    wasWrong: () => countOfMerchant().catch((cause: unknown) => observer.failure('tries', cause)),
  };
}

/** How many payments of one customer have their first wrong code in a day although the customer's allowance is used up. */
const firstTriesPerCustomer = 80;

/** A payment may have so many wrong codes; after each further one it accepts none for twice as long as before. */
const freeWrongCodes = 3;
const firstWaitMs = 5_000;
const longestWaitMs = 15 * minuteMs;
/** So many tries within a quarter of an hour, right or wrong, also lock the payment: each costs rows here and calls upstream. */
const maxRecentTries = 30;
const recentMs = 15 * minuteMs;

/**
 * The limit per payment. Null where another code may be tried now.
 * @param earlier All attempts of the payment, oldest first.
 * @param discounts All discounts of the payment: a code that turned out to be one was a try, too.
 */
export function checkWrongCodeLimit(
  earlier: readonly AttemptRecord[],
  now: number,
  discounts: readonly DiscountRecord[] = [],
): Decline | null {
  const ended = earlier.filter((attempt) => attempt.endedAt !== null).filter(({ method }) => method === 'pay_code');
  const wrong = ended.filter(({ problem }) => problem && isWrongCode(problem.code));
  const waitMs = Math.min(firstWaitMs * 2 ** (wrong.length - freeWrongCodes), longestWaitMs);
  const lockedUntil = wrong.length < freeWrongCodes ? 0 : Math.max(...wrong.map(({ endedAt }) => endedAt ?? 0)) + waitMs;
  const triedAt = [...ended.map(({ endedAt }) => endedAt), ...discounts.map(({ createdAt }) => createdAt)];
  const recent = triedAt.filter((at) => at > now - recentMs).toSorted((one, other) => one - other);
  const crowdedUntil = (recent.at(-maxRecentTries) ?? Number.NEGATIVE_INFINITY) + recentMs;
  const until = Math.max(lockedUntil, crowdedUntil);
  return until > now ? { code: 'too_many_attempts', retryAt: isoTime(until) } : null;
}

/** The answers that a guesser gets. They count against the limits, and are never given before `limits.floorMs`. */
const wrongCodes: ReadonlySet<ProblemCode> = new Set(['code_invalid', 'code_used', 'code_expired', 'code_not_yet_valid']);

export const isWrongCode = (code: ProblemCode): boolean => wrongCodes.has(code);
