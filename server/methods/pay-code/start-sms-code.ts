/** The customer wants a code by SMS: they are shown what to send where. Nothing is called; the code that comes back is typed as any other. */
import type { NextAction, SendSms } from '#contract';
import type { Payments } from '../../payments/payments.ts';
import { ProblemError } from '../../payments/problem-error.ts';
import type { PaymentRecord } from '../../payments/records.ts';
import type { PayCodeParts } from './pay-code-parts.ts';
import { smsRule } from './sms-rule.ts';

export const isSmsCode = (action: NextAction): action is SendSms => action.kind === 'send_sms' && action.then === 'enter_code';

/** Throws `method_unavailable`, and what `start` throws; then nothing was changed. */
export async function startSmsCode(
  parts: PayCodeParts & { payments: Payments },
  payment: PaymentRecord,
  acknowledge: boolean,
): Promise<void> {
  const rule = smsRule(parts.account(payment.merchantId)?.settings, payment, 'sms');
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
  await parts.payments.start(payment.id, { method: 'pay_code', action, acknowledge, same, due });
}
