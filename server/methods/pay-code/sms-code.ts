/**
 * The customer wants a code by SMS: they are shown what to send where; the code that comes back is typed as any other. Whoever sends it has paid
 * for it, so a discount is used before: else they could be left with a code that is worth too little.
 */
import type { NextAction, SendSms } from '#contract';
import { assertCanStart } from '../../payments/attempts/admission.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';
import type { PayCodePaymentDeps } from './account.ts';
import { isSmsCode } from './codes.ts';
import { redeemDiscount } from './discount.ts';
import { selectSmsRule } from './pricing.ts';

/** Throws `method_unavailable`, what `start` throws, and what the discount is refused with; then nothing is shown. */
export async function startSmsCode(parts: PayCodePaymentDeps, payment: PaymentRecord, acknowledge: boolean): Promise<void> {
  const rule = selectSmsRule(parts.account(payment.merchantId)?.settings, payment, 'sms');
  if (!rule || !payment.methods.includes('pay_code')) throw new ProblemError('method_unavailable');
  const { number, keyword, price } = rule.sms;
  const action: SendSms = {
    kind: 'send_sms',
    text: keyword,
    number,
    price,
    // biome-ignore lint/suspicious/noThenProperty: a promised name; its value is a word, so nothing takes it for a promise
    then: 'enter_code',
    until: new Date(payment.expiresAt).toISOString(),
    ...(rule.alphabet !== undefined && { alphabet: rule.alphabet }),
    ...(rule.length !== undefined && { length: rule.length }),
  };
  // Of another price is another SMS: something else was due when it was shown.
  const same = (shown: NextAction) =>
    isSmsCode(shown) && shown.text === keyword && shown.number === number && shown.price === price;
  const due = payment.amount - payment.discount;
  const start = { method: 'pay_code' as const, acknowledge, same };
  const shown = await assertCanStart(parts.store, payment, await parts.store.attempts(payment.id), start, parts.clock.now());
  if (shown?.status !== 'live') {
    const burnt = await redeemDiscount(parts, payment.id);
    if (burnt.kind === 'refused') throw new ProblemError(burnt.refusal.code, burnt.refusal);
  }
  await parts.payments.showInstructions(payment.id, { ...start, action, due });
}
