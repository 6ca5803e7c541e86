/** A discount whose code is not used, and will not be, takes nothing off; what is sealed of the code is erased. */
import { endAttempt } from './end-attempt.ts';
import type { Queries } from './model/ports.ts';
import type { PaymentRecord } from './model/records.ts';

/** What it makes of the payment; nothing where its code is used, or may be. */
export async function forgetDiscount(
  { discountCode }: PaymentRecord,
  tx: Queries,
  now: number,
): Promise<Partial<Pick<PaymentRecord, 'discount' | 'discountCode'>>> {
  const attempt = discountCode?.state === 'held' ? await tx.attempt(discountCode.attemptId) : null;
  if (!attempt) return {};
  await endAttempt(tx, attempt, 'abandoned', now);
  return { discount: 0, discountCode: null };
}
