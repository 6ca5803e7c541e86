/**
 * How many codes are generated to be shown: each is a code at PayCodes. They are counted per payment, per client address and per
 * customer, in rows of the database. The first code of a payment is generated even where others of the same address have used up
 * its allowance, because a whole network may share one.
 */
import type { AttemptRecord, Decline, PaymentRecord } from '../../payments/model/records.ts';
import { dayMs, isoTime } from '../../payments/model/time.ts';
import { countByAddress, createTally, type Tally } from '../client-address.ts';
import type { PayCodeAccount, PayCodePaymentDeps } from './account.ts';

const codesPerPayment = 5;

/**
 * `giveBack`: no code was shown. Neither a payment that takes no attempt now nor an outage may use up the allowance of everybody who
 * shares an address. `keepFor`: a code was shown; it counts unless it pays.
 */
export interface CountedCode extends Pick<Tally, 'giveBack' | 'keepFor'> {
  /** Decides by all attempts of the payment whether a code may be shown. */
  guard(earlier: readonly AttemptRecord[]): Decline | null;
}

/** Counts one more code before anything is generated: many requests at the same moment must not pass as one. */
export async function countShownCode(
  deps: PayCodePaymentDeps,
  { settings: { limits } }: PayCodeAccount,
  { merchantId, label }: Pick<PaymentRecord, 'merchantId' | 'label'>,
  ip: string,
): Promise<CountedCode> {
  const { sealer } = deps;
  const tally = createTally(deps);
  const address = { kind: 'shown_address', owner: merchantId, most: limits.shownPerAddress, windowMs: dayMs };
  const ofCustomer = await tally.count('shown_label', sealer.fingerprints(`${merchantId} ${label}`), dayMs);
  const addressUntil = await countByAddress(tally, sealer, address, ip);
  const customerUntil = ofCustomer.count > limits.shownPerAddress ? ofCustomer.resetsAt : null;
  const guard = (earlier: readonly AttemptRecord[]): Decline | null => {
    const shown = earlier.filter(isShown).length;
    // However long the customer waits, this payment is shown no further code.
    if (shown >= codesPerPayment) return { code: 'too_many_attempts' };
    const until = Math.max(customerUntil ?? 0, (shown > 0 ? addressUntil : null) ?? 0);
    return until > 0 ? { code: 'too_many_attempts', retryAt: isoTime(until) } : null;
  };
  return { guard, giveBack: tally.giveBack, keepFor: tally.keepFor };
}

const isShown = ({ method, action }: AttemptRecord): boolean =>
  method === 'pay_code' && action?.kind === 'send_sms' && action.continuation === 'wait';
