/** The discount code of a payment while it is not used for good: where it is, and what PayCodes says of it. */
import { codeState } from '../../clients/paycodes/code-rules.ts';
import type { PollResult } from '../../payments/model/outcome.ts';
import { hasEnded } from '../../payments/model/payment-state.ts';
import type { PendingAttempt } from '../../payments/model/ports.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { AttemptRecord, IntentRecord, PaymentRecord, Refusal } from '../../payments/model/records.ts';
import type { PayCodeAccount, PayCodePaymentDeps, PayCodeRule } from './account.ts';
import { classifyUse } from './classify-use.ts';
import { redemptionClientId, unseal } from './codes.ts';
import { callUseCode, getCode } from './redeem.ts';

/** Most calls that arrive at all have done so by then. */
const recentMs = 60_000;

/** A call that got no answer. It may lie in a queue and arrive at any time: no reading proves that it will not. */
export const isAnswerLost = ({ status }: Pick<IntentRecord, 'status'>): boolean => status !== 'closed';

export interface ReservedDiscount {
  payment: PaymentRecord;
  attempt: AttemptRecord;
  account: PayCodeAccount;
  rule: PayCodeRule;
  code: string;
}

/** `lost`: its rule or its code is not there any more; only a person can tell. */
export async function reservedDiscount(
  parts: PayCodePaymentDeps,
  paymentId: string,
): Promise<ReservedDiscount | 'none' | 'lost'> {
  const payment = await parts.store.payment(paymentId);
  const { discountCode } = payment ?? {};
  if (!payment || !discountCode || discountCode.state === 'burned') return 'none';
  const account = parts.account(payment.merchantId);
  const attempt = await parts.store.attempt(discountCode.attemptId);
  const rule = account?.settings.rules.find(({ slug }) => slug === discountCode.rule);
  if (!account || !attempt?.sealed || !rule) {
    parts.observer.failure('discount', new Error(`the discount of payment ${paymentId} can no longer be used`));
    return 'lost';
  }
  return { payment, attempt, account, rule, code: unseal(parts.sealer, attempt, rule) };
}

/**
 * Reads what became of a discount code, and writes it down. `unused`: nothing has happened so far, and it may be used once more in our name.
 * @param answered The id of an intent whose call had an answer, and used nothing.
 */
export async function readDiscount(
  parts: PayCodePaymentDeps,
  held: ReservedDiscount,
  answered?: string,
): Promise<'burned' | 'unused' | 'unknown' | Refusal> {
  const { payment, attempt, account, rule, code } = held;
  const now = parts.clock.now();
  const answer = await getCode(parts, account, { rule, code });
  if (answer?.kind !== 'found') return 'unknown';
  const state = codeState(answer, now);
  const pending = (await parts.store.intents(attempt.id)).filter((intent) => intent.id !== answered && isAnswerLost(intent));
  const { clientRecovery } = account.settings;
  const ours = redemptionClientId(attempt.id);
  const { client } = answer.code;
  const use = classifyUse({ state, client, clientRecovery, ours: [ours], pendingCalls: pending.length });
  if (use === 'ours') {
    await redeemedDiscount(parts, payment, attempt);
    return 'burned';
  }
  // Unlike a code that pays, a discount code that cannot be used just now is dropped: it must be redeemed before the rest is charged.
  if (state === 'usable') {
    // Using it again in the same name does no harm. Where nobody can tell in whose name it was used, the call that was lost is waited for.
    const recent = pending.some(({ createdAt }) => now - createdAt <= recentMs);
    return clientRecovery || !recent ? 'unused' : 'unknown';
  }
  // A lost call of ours may have used it. Nothing is taken off that is not proven, and no money is lost, so the operator is told and nobody has to
  // decide, unlike with a code that pays.
  if (use === 'ambiguous')
    parts.observer.failure('discount', new Error(`used by whom? The discount of payment ${payment.id} was taken off it`));
  // Not a word about the code that was typed to pay the rest, or about the card: those are as good as before.
  const refusal: Refusal = { code: 'discount_lost' };
  await parts.payments.finishDiscountRedemption(payment.id, attempt.id, { kind: 'dropped', refusal });
  return refusal;
}

/** Used for good. One that takes all of it off has paid it: of nothing, and by nobody else. */
export async function redeemedDiscount(
  { payments, account }: PayCodePaymentDeps,
  { id, merchantId, amount, discount, currency }: PaymentRecord,
  attempt: AttemptRecord,
): Promise<void> {
  if (amount > discount) return payments.finishDiscountRedemption(id, attempt.id, { kind: 'burned' });
  const { url } = account(merchantId)?.settings ?? {};
  const upstream = url ? `paycodes:${new URL(url).host}` : 'paycodes';
  const evidence = { upstream, upstreamId: `discount:${attempt.id}`, amount: 0, currency };
  await payments.finishDiscountRedemption(id, attempt.id, { kind: 'burned', evidence });
}

/**
 * Uses the discount code of a payment, for good, just before the rest is charged. Unknown: nothing may be charged yet. Refused: the whole is due
 * again, and the customer has to be asked again. Whoever comes after a lost answer reads first.
 */
export type RedemptionResult =
  /** There is none, or it is used: the rest may be charged. */
  | { kind: 'clear' }
  /** Nothing may be charged. */
  | { kind: 'refused'; refusal: Refusal };

const unavailable: RedemptionResult = { kind: 'refused', refusal: { code: 'provider_unavailable' } };
/** Throws `payment_expired` and `payment_processing` where the code must not be used any more. */
export async function redeemDiscount(parts: PayCodePaymentDeps, paymentId: string): Promise<RedemptionResult> {
  const held = await reservedDiscount(parts, paymentId);
  if (held === 'none') return { kind: 'clear' };
  if (held === 'lost') return unavailable;
  const { payment, attempt, account, rule, code } = held;
  const client = redemptionClientId(attempt.id);

  if (payment.discountCode?.state === 'unknown') {
    const seen = await readDiscount(parts, held);
    if (seen === 'burned') return { kind: 'clear' };
    if (seen === 'unknown') return unavailable;
    if (seen !== 'unused') return { kind: 'refused', refusal: seen };
  }
  const intent = await parts.payments.recordDiscountRedemption(payment.id, attempt.id, {
    operation: 'use_code',
    upstream: 'paycodes',
    naturalKey: client,
    notes: { rule: rule.slug, discount: 'yes' },
  });
  const result = await callUseCode(parts, account, { rule, code }, client);
  if (result === 'used') {
    await redeemedDiscount(parts, payment, attempt);
    return { kind: 'clear' };
  }
  if (result === 'not_sent') await unused(parts, held, intent.id);
  if (result === 'not_sent' || result === 'lost') return unavailable;
  // Answered, so what is read now is final, unless a call before this one is still on its way.
  const seen = await readDiscount(parts, held, intent.id);
  if (seen === 'burned') return { kind: 'clear' };
  if (seen === 'unknown') return unavailable;
  if (seen !== 'unused') return { kind: 'refused', refusal: seen };
  await unused(parts, held, intent.id);
  return unavailable;
}

/** This call used nothing; an earlier one whose answer was lost may still arrive. */
const unused = ({ payments }: PayCodePaymentDeps, { payment, attempt }: ReservedDiscount, intentId: string): Promise<void> =>
  payments.finishDiscountRedemption(payment.id, attempt.id, { kind: 'held', unused: intentId });

/**
 * A discount code was sent to be used, and whoever sent it never came back. Used: it stays with the payment. Not used, though a call was lost:
 * that call may still arrive, so while the payment has time left the code stays with it and is used with the rest, in the same name; one that takes
 * everything off is used again from here, for nobody will pay a rest. After the end of the payment it is read twice more (`watch-late.ts`).
 */
const againMs = 30_000;
/** So many looks, or calls, as fast as that; then one each so often. */
const fast = 5;
const slowMs = 5 * 60_000;

export async function pollDiscount(parts: PayCodePaymentDeps, { attempt, intents }: PendingAttempt): Promise<PollResult | null> {
  const held = await reservedDiscount(parts, attempt.paymentId);
  if (held === 'none' || held === 'lost' || held.attempt.id !== attempt.id)
    return held === 'lost' ? { kind: 'again', inMs: 24 * 3_600_000 } : null;
  const { payment } = held;
  const now = parts.clock.now();
  const sentMs = now - (intents.at(-1)?.createdAt ?? now);
  const again: PollResult = { kind: 'again', inMs: sentMs < fast * againMs ? againMs : slowMs };
  const seen = await readDiscount(parts, held);
  if (seen === 'unknown') return again;
  if (seen !== 'unused') return null;
  if (!intents.some(isAnswerLost)) return done(parts.payments.finishDiscountRedemption(payment.id, attempt.id, { kind: 'held' }));
  if (hasEnded(payment))
    return done(
      parts.payments.finishDiscountRedemption(payment.id, attempt.id, { kind: 'dropped', refusal: null, mayArrive: true }),
    );
  if (payment.discount < payment.amount) return again;
  if (intents.length >= fast && sentMs < slowMs) return { kind: 'again', inMs: slowMs - sentMs };
  try {
    await redeemDiscount(parts, payment.id);
  } catch (cause) {
    // Its time is over, or other money has come, just now.
    if (!(cause instanceof ProblemError)) throw cause;
    return again;
  }
  return null;
}

const done = (settled: Promise<void>): Promise<null> => settled.then(() => null);
