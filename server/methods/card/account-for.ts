/** The cashbox that takes this payment, before anything is begun. */
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';
import { cardCurrency } from './card-currency.ts';
import type { CardAccount, CardParts } from './card-parts.ts';

/** The currency gate. Throws `method_unavailable`. */
export function accountFor(
  parts: CardParts,
  { merchantId, currency, methods }: Pick<PaymentRecord, 'merchantId' | 'currency' | 'methods'>,
  transport?: CardAccount['settings']['transport'],
): CardAccount {
  const account = parts.account(merchantId);
  if (!account || currency !== cardCurrency.code || !methods.includes('card')) throw new ProblemError('method_unavailable');
  if (transport && account.settings.transport !== transport) throw new ProblemError('method_unavailable');
  return account;
}
