/**
 * The customer wants to get a code by SMS. They are shown what to send and to which number; the code that comes back is typed
 * like any other. Whoever sends the SMS has paid for the code, so a discount is redeemed first: a discount that turns out to be
 * none would leave the customer with a code that is worth too little.
 */
import type { NextAction, SendSms } from '#contract';
import { assertCanStart } from '../../payments/attempts/admission.ts';
import { ProblemError } from '../../payments/model/errors.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';
import { isoTime } from '../../payments/model/time.ts';
import type { PayCodePaymentDeps } from './account.ts';
import { isSmsCode } from './codes.ts';
import { redeemDiscount } from './discount.ts';
import { selectSmsRule } from './pricing.ts';

/**
 * Throws `method_unavailable`, what `assertCanStart` throws, and the problem of a discount that could not be redeemed. Then
 * nothing is shown.
 * @param acknowledge The customer knows that an earlier transfer is still being looked for, and pays all the same.
 */
export async function startSmsCode(deps: PayCodePaymentDeps, payment: PaymentRecord, acknowledge: boolean): Promise<void> {
  const rule = selectSmsRule(deps.account(payment.merchantId)?.settings, payment, 'sms');
  if (!rule || !payment.methods.includes('pay_code')) throw new ProblemError('method_unavailable');
  const { number, keyword, price } = rule.sms;
  const action: SendSms = {
    kind: 'send_sms',
    text: keyword,
    number,
    price,
    continuation: 'enter_code',
    until: isoTime(payment.expiresAt),
    ...(rule.alphabet !== undefined && { alphabet: rule.alphabet }),
    ...(rule.length !== undefined && { length: rule.length }),
  };
  // Instructions that were shown before are shown again only if they are the same. After a discount, say, the SMS has another price,
  // and the old instructions would buy a code of the wrong amount.
  const same = (shown: NextAction) =>
    isSmsCode(shown) && shown.text === keyword && shown.number === number && shown.price === price;
  const start = { method: 'pay_code' as const, acknowledge, same };
  const attempts = await deps.store.attempts(payment.id);
  const current = await assertCanStart(deps.store, payment, attempts, start, deps.clock.now());
  if (current?.status !== 'awaiting_customer') {
    const discount = await redeemDiscount(deps, payment.id);
    if (discount.kind === 'declined') throw new ProblemError(discount.decline.code, discount.decline);
  }
  await deps.payments.showInstructions(payment.id, { ...start, action, due: payment.amount - payment.discount });
}
