/** What is due for certain, in minor units: a discount takes something off once its code is used, and not while that is only meant or hoped. */
import type { PaymentRecord } from './model/records.ts';

export const provenDue = ({
  amount,
  discount,
  discountCode,
}: Pick<PaymentRecord, 'amount' | 'discount' | 'discountCode'>): number =>
  discountCode === null || discountCode.state === 'burned' ? amount - discount : amount;
