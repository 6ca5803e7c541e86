/** The rows of a discount: the amount before it, and what it took off, by which code. */
import type { PaymentView } from '#contract';
import type { Language } from '../messages/language.ts';
import type { Messages } from '../messages/messages.ts';

export function discountRows(
  { amount, discount, discountCode, currency }: PaymentView,
  { money }: Language,
  texts: Messages,
): [name: string, value: string][] {
  const tail = discountCode?.tail;
  return [
    [texts.amount, money(amount, currency)],
    [tail ? `${texts.sms.discount} ···· ${tail}` : texts.sms.discount, `\u2212${money(discount, currency)}`],
  ];
}
