/**
 * Slows guessing down from one address and against one merchant, whatever payment it is for. Each try is counted before it is made, so that
 * many at once are not taken for one, and given back where it was no wrong guess. Rows, under keyed hashes: neither a restart nor a
 * second process forgets.
 */

import type { Store } from '../../payments/model/ports.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import { addressOf } from '../client-address.ts';
import type { PayCodeAccount, PayCodeParts } from './pay-code-parts.ts';

const dayMs = 24 * 3_600_000;
const minuteMs = 60_000;

export interface CountedTry {
  /** It was no wrong guess. */
  giveBack(): Promise<void>;
}

/** Throws `too_many_attempts`; then nothing was looked up. */
export async function countGuess(
  { store, sealer, clock, observer }: PayCodeParts & { store: Pick<Store, 'countTry' | 'giveBackTry'> },
  { settings }: PayCodeAccount,
  merchantId: string,
  ip: string,
): Promise<CountedTry> {
  const { wrongPerAddress, wrongPerMerchant } = settings.limits;
  const address = sealer.fingerprint(addressOf(ip));
  // It stands between PayCodes' answer and writing that down, so it must not fail: a try too many that counts does little harm.
  const giveBack = async () => {
    try {
      await store.giveBackTry('code_address', address);
      await store.giveBackTry('code_merchant', merchantId);
    } catch (cause) {
      observer.failure('tries', cause);
    }
  };
  const now = clock.now();
  const byAddress = await store.countTry('code_address', address, now, dayMs);
  if (byAddress.count > wrongPerAddress) {
    await store.giveBackTry('code_address', address);
    throw tooMany(byAddress.resetsAt);
  }
  const byMerchant = await store.countTry('code_merchant', merchantId, now, minuteMs);
  if (byMerchant.count > wrongPerMerchant) {
    // Once a minute at the most: somebody has to look.
    if (byMerchant.count === wrongPerMerchant + 1)
      observer.failure('guessing', new Error(`pay codes of ${merchantId} are being guessed`));
    await store.giveBackTry('code_address', address);
    throw tooMany(byMerchant.resetsAt);
  }
  return { giveBack };
}

const tooMany = (until: number) => new ProblemError('too_many_attempts', { retryAt: new Date(until).toISOString() });
