/**
 * How many codes are generated to be shown: each is a code at PayCodes. They are counted per payment, per client address and per
 * customer, in rows of the database. The first code of a payment is generated even where others of the same address have used up
 * its allowance, because a whole network may share one.
 */
import { ProblemError } from '../../payments/model/errors.ts';
import type { AttemptRecord, Decline, PaymentRecord } from '../../payments/model/records.ts';
import { dayMs, isoTime } from '../../payments/model/time.ts';
import { countByAddress } from '../client-address.ts';
import type { PayCodeAccount, PayCodePaymentDeps } from './account.ts';

const codesPerPayment = 5;

export interface CountedCode {
  /** Decides by all attempts of the payment whether a code may be shown. */
  guard(earlier: readonly AttemptRecord[]): Decline | null;
  /**
   * No code was shown after all. Neither a payment that takes no attempt now nor an outage may use up the allowance of everybody
   * who shares an address.
   */
  giveBack(): Promise<void>;
}

/** Counts one more code. Throws `too_many_attempts` if the customer has been shown as many as an address may. */
export async function countShownCode(
  deps: PayCodePaymentDeps,
  { settings: { limits } }: PayCodeAccount,
  { merchantId, label }: Pick<PaymentRecord, 'merchantId' | 'label'>,
  ip: string,
): Promise<CountedCode> {
  const { store, sealer, clock } = deps;
  const customer = sealer.fingerprints(`${merchantId} ${label}`);
  const address = { kind: 'shown_address', owner: merchantId, most: limits.shownPerAddress, windowMs: dayMs };
  const ofCustomer = await store.hitRateLimit('shown_label', customer, clock.now(), dayMs);
  const { exceededUntil, giveBack: giveBackAddress } = await countByAddress(deps, address, ip);
  const giveBack = async () => {
    await store.refundRateLimit('shown_label', customer);
    await giveBackAddress();
  };
  if (ofCustomer.count > limits.shownPerAddress) {
    await giveBack();
    throw new ProblemError('too_many_attempts', { retryAt: isoTime(ofCustomer.resetsAt) });
  }
  const guard = (earlier: readonly AttemptRecord[]): Decline | null => {
    const shown = earlier.filter(isShown).length;
    if (shown >= codesPerPayment) return { code: 'too_many_attempts' };
    return exceededUntil !== null && shown > 0 ? { code: 'too_many_attempts', retryAt: isoTime(exceededUntil) } : null;
  };
  return { guard, giveBack };
}

const isShown = ({ method, action }: AttemptRecord): boolean =>
  method === 'pay_code' && action?.kind === 'send_sms' && action.continuation === 'wait';
