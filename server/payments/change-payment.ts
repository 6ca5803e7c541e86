/**
 * The merchant's server changes a payment that nobody is paying: what it costs, what it is for, how long it is open. What the
 * customer has typed stays, because their page only draws the new values.
 */
import type { ChangePayment, CreatePayment } from '#contract';
import { assertVerified, mayBringMoney } from './attempts/admission.ts';
import { hasUnassignedEvidence } from './attempts/evidence-status.ts';
import { assertVersion, invalid } from './attempts/refusals.ts';
import { type UnitOfWork, updatePayment } from './attempts/update-payment.ts';
import { safeReturnUrls } from './create-payment.ts';
import { ProblemError } from './model/errors.ts';
import { hasEnded } from './model/payment-state.ts';
import type { Merchant } from './model/ports.ts';
import type { PaymentRecord } from './model/records.ts';
import type { Queries } from './model/store.ts';

/**
 * Does nothing if nothing would change. Throws, all with 409: `payment_processing` if an attempt may still bring money, by the amount
 * of before; `payment_expired` after the end; `discount_taken` if the payment has a discount, which its code was priced for;
 * `decision_refused` for the payment of a signed link; `version_conflict`. `invalid_request` (422): see `changesOf`.
 */
export const changePayment = (deps: UnitOfWork, merchant: Merchant, paymentId: string, wanted: ChangePayment): Promise<void> =>
  updatePayment<void>(deps, paymentId, async (payment, tx, now) => {
    await assertChangeable(payment, tx, now);
    assertVersion(payment, wanted.version);
    const changes = changesOf(payment, merchant, wanted, now);
    const fields = Object.keys(changes);
    if (fields.length === 0) return { result: undefined };
    const amounts = changes.amount === undefined ? {} : { amountBefore: payment.amount, amount: changes.amount };
    return {
      result: undefined,
      // Why the last attempt failed may not be true of another amount.
      patch: { ...changes, ...(changes.amount !== undefined && { problem: null }) },
      audit: { type: 'payment.changed', data: { fields: fields.join(', '), ...amounts } },
      webhook: 'payment.updated',
    };
  });

async function assertChangeable(payment: PaymentRecord, tx: Queries, now: number): Promise<void> {
  const { status, version } = payment;
  const isNow = `the payment is ${status} now, at version ${version}`;
  if (payment.fromLink)
    throw new ProblemError('decision_refused', {
      detail: 'a signed link made this payment: what the link says cannot be changed',
    });
  if (hasEnded(payment)) throw new ProblemError('payment_expired', { status: 409, detail: isNow });
  if (payment.expiresAt <= now) throw new ProblemError('payment_expired', { status: 409, detail: 'the time to pay is over' });
  if (status !== 'open') throw new ProblemError('payment_processing', { detail: isNow });
  await assertVerified(tx);
  const attempts = payment.attemptId === null ? [] : await tx.attempts(payment.id);
  if (attempts.some((attempt) => mayBringMoney(payment, attempt, now)) || (await hasUnassignedEvidence(payment, tx)))
    throw new ProblemError('payment_processing', {
      detail: 'money may still come by an earlier attempt, for the present amount',
    });
  if (payment.discountCode)
    throw new ProblemError('discount_taken', { detail: 'a discount code was entered for the present amount' });
}

type Changes = Partial<Pick<PaymentRecord, 'amount' | 'items' | 'description' | 'returnUrls' | 'metadata' | 'expiresAt'>>;

/**
 * What differs from the payment. Throws `invalid_request`: for an amount that is paid already; for an amount without the items that it
 * is made of, where the payment has items, and for items that add up to another amount; for a time that would end earlier; for a
 * return address that is not allowed.
 */
function changesOf(payment: PaymentRecord, merchant: Merchant, wanted: ChangePayment, now: number): Changes {
  const { amount = payment.amount, items = payment.items, expiresIn } = wanted;
  if (amount !== payment.amount) {
    if (amount <= payment.amountPaid) throw invalid('amount', `expected more than ${payment.amountPaid}, which is paid already`);
    if (payment.items !== null && wanted.items === undefined)
      throw invalid('items', 'expected the items of the new amount, because the payment has items');
  }
  const sum = items === null ? amount : sumOf(items as Items);
  if ((wanted.items !== undefined || amount !== payment.amount) && sum !== amount)
    throw invalid('items', `expected items that add up to the amount ${amount}; they add up to ${sum}`);
  const expiresAt = expiresIn === undefined ? payment.expiresAt : now + expiresIn * 1000;
  if (expiresAt < payment.expiresAt) {
    const least = Math.ceil((payment.expiresAt - now) / 1000);
    throw invalid('expiresIn', `expected at least ${least} seconds: the time to pay can only be extended`);
  }
  const { description = payment.description, metadata = payment.metadata } = wanted;
  const returnUrls = wanted.returnUrls ? safeReturnUrls(merchant, wanted.returnUrls) : payment.returnUrls;
  const after: Required<Changes> = { amount, items, description, returnUrls, metadata, expiresAt };
  const changed = Object.entries(after).filter(([name, value]) => !isSame(value, payment[name as keyof Changes]));
  return Object.fromEntries(changed);
}

type Items = NonNullable<CreatePayment['items']>;

const sumOf = (items: Items): number => items.reduce((sum, { price, count }) => sum + price * count, 0);

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
