/**
 * Slows down whoever guesses codes. Wrong codes are counted per client address, per merchant and per payment, in rows of the
 * database, so that neither a restart nor a second process forgets them. Client addresses are stored as keyed hashes.
 */
import type { ProblemCode } from '#contract';
import { OperatorNotice, ProblemError } from '../../payments/model/errors.ts';
import type { AttemptRecord, Decline, DiscountRecord } from '../../payments/model/records.ts';
import type { Store } from '../../payments/model/store.ts';
import { dayMs, isoTime, minuteMs } from '../../payments/model/time.ts';
import { rateLimitKeyForIp } from '../client-address.ts';
import type { PayCodeAccount, PayCodeDeps } from './account.ts';

export interface CountedTry {
  /** Takes the try back, because its code was not wrong. Never throws. */
  giveBack(): Promise<void>;
}

/**
 * Counts a try against the address and the merchant before the code is looked up: many tries at the same moment must not pass as
 * one. Throws `too_many_attempts` where a limit is exceeded; then nothing may be looked up.
 */
export async function countWrongCode(
  { store, sealer, clock, observer }: PayCodeDeps & { store: Pick<Store, 'hitRateLimit' | 'refundRateLimit'> },
  { settings }: PayCodeAccount,
  merchantId: string,
  ip: string,
): Promise<CountedTry> {
  const { wrongPerAddress, wrongPerMerchant } = settings.limits;
  const address = sealer.fingerprints(rateLimitKeyForIp(ip));
  // This runs between PayCodes' answer and the settlement of the attempt, so it must not fail. One try too many in the count does
  // little harm.
  const giveBack = async () => {
    try {
      await store.refundRateLimit('code_address', address);
      await store.refundRateLimit('code_merchant', merchantId);
    } catch (cause) {
      observer.failure('tries', cause);
    }
  };
  const now = clock.now();
  const byAddress = await store.hitRateLimit('code_address', address, now, dayMs);
  if (byAddress.count > wrongPerAddress) {
    await store.refundRateLimit('code_address', address);
    throw tooMany(byAddress.resetsAt);
  }
  const byMerchant = await store.hitRateLimit('code_merchant', merchantId, now, minuteMs);
  if (byMerchant.count > wrongPerMerchant) {
    // An operator has to look at this. Only the first try over the limit is reported, so once a minute at most.
    if (byMerchant.count === wrongPerMerchant + 1)
      observer.failure('guessing', new OperatorNotice(`pay codes of ${merchantId} are being guessed`));
    await store.refundRateLimit('code_address', address);
    throw tooMany(byMerchant.resetsAt);
  }
  return { giveBack };
}

const tooMany = (until: number) => new ProblemError('too_many_attempts', { retryAt: isoTime(until) });

/** After so many wrong codes a payment accepts none for a quarter of an hour; after as many more for half an hour, and so on. */
const wrongCodesPerLock = 5;
const firstLockMs = 15 * minuteMs;
const longestLockMs = dayMs;
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
  const locks = Math.floor(wrong.length / wrongCodesPerLock);
  const lockedAt = wrong[locks * wrongCodesPerLock - 1]?.endedAt ?? null;
  const lockedUntil = lockedAt === null ? 0 : lockedAt + Math.min(firstLockMs * 2 ** (locks - 1), longestLockMs);
  const triedAt = [...ended.map(({ endedAt }) => endedAt), ...discounts.map(({ createdAt }) => createdAt)];
  const recent = triedAt.filter((at) => at > now - recentMs).toSorted((one, other) => one - other);
  const crowdedUntil = (recent.at(-maxRecentTries) ?? Number.NEGATIVE_INFINITY) + recentMs;
  const until = Math.max(lockedUntil, crowdedUntil);
  return until > now ? { code: 'too_many_attempts', retryAt: isoTime(until) } : null;
}

/** The answers that a guesser gets. They count against the limits, and are never given before `limits.floorMs`. */
const wrongCodes: ReadonlySet<ProblemCode> = new Set(['code_invalid', 'code_used', 'code_expired', 'code_not_yet_valid']);

export const isWrongCode = (code: ProblemCode): boolean => wrongCodes.has(code);
