/**
 * Uses the discount code of a payment, for good, just before the rest is charged. Unknown: nothing may be charged yet. Refused: the whole is due
 * again, and the customer has to be asked again. Whoever comes after a lost answer reads first.
 */
import { UpstreamError } from '../../clients/upstream-error.ts';
import type { Refusal } from '../../payments/model/records.ts';
import { clientOf } from './client-of.ts';
import { type BurnParts, burned, type Held, heldDiscount, lookAtDiscount } from './discount.ts';

export type Burnt =
  /** There is none, or it is used: the rest may be charged. */
  | { kind: 'clear' }
  /** Nothing may be charged. */
  | { kind: 'refused'; refusal: Refusal };

const unavailable: Burnt = { kind: 'refused', refusal: { code: 'provider_unavailable' } };
/** Throws `payment_expired` and `payment_processing` where the code must not be used any more. */
export async function burnDiscount(parts: BurnParts, paymentId: string): Promise<Burnt> {
  const held = await heldDiscount(parts, paymentId);
  if (held === 'none') return { kind: 'clear' };
  if (held === 'lost') return unavailable;
  const { payment, attempt, account, rule, code } = held;
  const client = clientOf(attempt.id);

  if (payment.discountCode?.state === 'unknown') {
    const seen = await lookAtDiscount(parts, held);
    if (seen === 'burned') return { kind: 'clear' };
    if (seen === 'unknown') return unavailable;
    if (seen !== 'unused') return { kind: 'refused', refusal: seen };
  }
  const intent = await parts.payments.commitBurn(payment.id, attempt.id, {
    operation: 'use_code',
    upstream: 'paycodes',
    naturalKey: client,
    notes: { rule: rule.slug, discount: 'yes' },
  });
  try {
    const answer = await account.client.useCode({ code, ruleSlug: rule.slug, client });
    parts.observer.upstreamCall('paycodes', 'use_code', answer.kind === 'status' ? String(answer.used) : 'refused');
    if (answer.kind === 'status' && answer.used) {
      await burned(parts, payment, attempt);
      return { kind: 'clear' };
    }
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    parts.observer.upstreamCall('paycodes', 'use_code', cause.fault);
    if (cause.fault === 'not_sent') await unused(parts, held, intent.id);
    return unavailable;
  }
  // Answered, so what is read now is final, unless a call before this one is still on its way.
  const seen = await lookAtDiscount(parts, held, intent.id);
  if (seen === 'burned') return { kind: 'clear' };
  if (seen === 'unknown') return unavailable;
  if (seen !== 'unused') return { kind: 'refused', refusal: seen };
  await unused(parts, held, intent.id);
  return unavailable;
}

/** This call used nothing; an earlier one whose answer was lost may still arrive. */
const unused = ({ payments }: BurnParts, { payment, attempt }: Held, intentId: string): Promise<void> =>
  payments.settleDiscount(payment.id, attempt.id, { kind: 'held', unused: intentId });
