/** What the price of a code is held against. */
import type { PaymentRecord } from '../../payments/model/records.ts';
import type { PayCodeSettings } from './account.ts';

export interface Asked {
  /** Minor units. */
  due: number;
  policy: PayCodeSettings['amountPolicy'];
  /** The customer has agreed that what a code is worth beyond that is lost. */
  acceptExcess: boolean;
}

export const askedOf = (
  { amount, discount }: Pick<PaymentRecord, 'amount' | 'discount'>,
  { amountPolicy }: Pick<PayCodeSettings, 'amountPolicy'>,
  acceptExcess: boolean,
): Asked => ({ due: amount - discount, policy: amountPolicy, acceptExcess });
