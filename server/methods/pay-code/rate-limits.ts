/**
 * Slows guessing down from one address and against one merchant, whatever payment it is for. Each try is counted before it is made, so that
 * many at once are not taken for one, and given back where it was no wrong guess. Rows, under keyed hashes: neither a restart nor a
 * second process forgets.
 */

import type { ProblemCode } from '#contract';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { AttemptRecord, Refusal } from '../../payments/model/records.ts';
import type { Store } from '../../payments/model/store.ts';
import { rateLimitKeyForIp } from '../client-address.ts';
import type { PayCodeAccount, PayCodeDeps } from './account.ts';

const dayMs = 24 * 3_600_000;
const minuteMs = 60_000;

export interface CountedTry {
  /** It was no wrong guess. */
  giveBack(): Promise<void>;
}

/** Throws `too_many_attempts`; then nothing was looked up. */
export async function countWrongCode(
  { store, sealer, clock, observer }: PayCodeDeps & { store: Pick<Store, 'hitRateLimit' | 'refundRateLimit'> },
  { settings }: PayCodeAccount,
  merchantId: string,
  ip: string,
): Promise<CountedTry> {
  const { wrongPerAddress, wrongPerMerchant } = settings.limits;
  const address = sealer.fingerprint(rateLimitKeyForIp(ip));
  // It stands between PayCodes' answer and writing that down, so it must not fail: a try too many that counts does little harm.
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
    // Once a minute at the most: somebody has to look.
    if (byMerchant.count === wrongPerMerchant + 1)
      observer.failure('guessing', new Error(`pay codes of ${merchantId} are being guessed`));
    await store.refundRateLimit('code_address', address);
    throw tooMany(byMerchant.resetsAt);
  }
  return { giveBack };
}

const tooMany = (until: number) => new ProblemError('too_many_attempts', { retryAt: new Date(until).toISOString() });

/**
 * Slows guessing down for one payment: after five wrong codes it takes none for a quarter of an hour, after five more for half an hour, and so on.
 * Thirty tries of any kind within a quarter of an hour do the same, since each costs rows here and calls upstream. Counted in rows.
 */
const mostWrong = 5;
const mostTries = 30;
const windowMs = 15 * 60_000;
const longestMs = 24 * 3_600_000;

export function checkWrongCodeLimit(earlier: readonly AttemptRecord[], now: number): Refusal | null {
  const ended = earlier.filter(({ method, endedAt }) => method === 'pay_code' && endedAt !== null);
  const wrong = ended.filter(({ problem }) => problem && isWrongCode(problem.code));
  const locks = Math.floor(wrong.length / mostWrong);
  const last = wrong[locks * mostWrong - 1]?.endedAt ?? null;
  const locked = last === null ? 0 : last + Math.min(windowMs * 2 ** (locks - 1), longestMs);
  const recent = ended.filter(({ endedAt }) => (endedAt ?? 0) > now - windowMs).at(-mostTries);
  const crowded = recent ? (recent.endedAt ?? now) + windowMs : 0;
  const until = Math.max(locked, crowded);
  return until > now ? { code: 'too_many_attempts', retryAt: new Date(until).toISOString() } : null;
}

/** What a guesser hears: counted against them, and answered no sooner than a fixed time. */
const wrong: ReadonlySet<ProblemCode> = new Set(['code_invalid', 'code_used', 'code_expired', 'code_not_yet_valid']);

export const isWrongCode = (code: ProblemCode): boolean => wrong.has(code);
