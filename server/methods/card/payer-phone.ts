/** The payer's phone as Payme wants it: told by the merchant's server, or typed by the customer. */
import { readPayerPhone } from '#contract';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';
import type { CardSettings } from './account.ts';

/** Null: the customer has to be asked. */
export const knownPhone = ({ phone }: Pick<PaymentRecord, 'phone'>): string | null => (phone ? readPayerPhone(phone) : null);

/** Throws `phone_format` where it is needed, or typed, and cannot be read. */
export function payerPhone(payment: PaymentRecord, typed: string | undefined, settings: CardSettings): string | undefined {
  const known = knownPhone(payment);
  if (known) return known;
  if (!typed?.trim() && settings.payerPhone === 'optional') return undefined;
  const read = readPayerPhone(typed ?? '');
  if (!read) throw new ProblemError('phone_format', { field: 'phone' });
  return read;
}
