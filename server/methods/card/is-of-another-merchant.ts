/** Two merchants may have one cashbox: what a receipt says of an order is its own merchant's affair. One that was made elsewhere is nobody else's. */
import type { Receipt } from '../../clients/payme/answers.ts';
import type { CardParts } from './card-parts.ts';

export async function isOfAnotherMerchant(
  { store }: { store: Pick<CardParts['store'], 'attempt' | 'payment'> },
  { description }: Pick<Receipt, 'description'>,
  merchantId: string,
): Promise<boolean> {
  const [attemptId] = /^att_\w+/.exec(description) ?? [];
  const attempt = attemptId ? await store.attempt(attemptId) : null;
  const payment = attempt && (await store.payment(attempt.paymentId));
  return payment !== null && payment.merchantId !== merchantId;
}
