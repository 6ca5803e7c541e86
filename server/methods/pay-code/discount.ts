/** The discount code of a payment while it is not used for good: where it is, and what PayCodes says of it. */
import { codeState } from '../../clients/paycodes/code-state.ts';
import type { Store } from '../../payments/model/ports.ts';
import type { AttemptRecord, IntentRecord, PaymentRecord, Refusal } from '../../payments/model/records.ts';
import type { Payments } from '../../payments/payments.ts';
import type { PayCodeRule } from './account.ts';
import { clientOf } from './client-of.ts';
import { getCode } from './look-up.ts';
import type { PayCodeAccount, PayCodeParts } from './pay-code-parts.ts';
import { unseal } from './sealed-code.ts';

export interface BurnParts extends PayCodeParts {
  payments: Payments;
  store: Pick<Store, 'payment' | 'attempt' | 'intents'>;
}

/** Most calls that arrive at all have done so by then. */
const recentMs = 60_000;

/** A call that got no answer. It may lie in a queue and arrive at any time: no reading proves that it will not. */
export const isLost = ({ status }: Pick<IntentRecord, 'status'>): boolean => status !== 'closed';

export interface Held {
  payment: PaymentRecord;
  attempt: AttemptRecord;
  account: PayCodeAccount;
  rule: PayCodeRule;
  code: string;
}

/** `lost`: its rule or its code is not there any more; only a person can tell. */
export async function heldDiscount(parts: BurnParts, paymentId: string): Promise<Held | 'none' | 'lost'> {
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
export async function lookAtDiscount(
  parts: BurnParts,
  held: Held,
  answered?: string,
): Promise<'burned' | 'unused' | 'unknown' | Refusal> {
  const { payment, attempt, account, rule, code } = held;
  const now = parts.clock.now();
  const answer = await getCode(parts, account, { rule, code });
  if (answer?.kind !== 'found') return 'unknown';
  const state = codeState(answer, now);
  if (state === 'used' && answer.code.client === clientOf(attempt.id)) {
    await burned(parts, payment, attempt);
    return 'burned';
  }
  const sent = (await parts.store.intents(attempt.id)).filter(({ id }) => id !== answered);
  if (state === 'usable') {
    // Using it again in the same name does no harm. Where nobody can tell in whose name it was used, the call that was lost is waited for.
    const recent = sent.some((intent) => isLost(intent) && now - intent.createdAt <= recentMs);
    return account.settings.clientRecovery || !recent ? 'unused' : 'unknown';
  }
  // Used, and PayCodes does not say by whom: a lost call of ours may have done it. Nothing is taken off that is not proven, and somebody is told.
  const untold = state === 'used' && (answer.code.client === null || !account.settings.clientRecovery);
  if (untold && sent.some(({ status }) => status !== 'closed'))
    parts.observer.failure('discount', new Error(`used by whom? The discount of payment ${payment.id} was taken off it`));
  // Not a word about the code that was typed to pay the rest, or about the card: those are as good as before.
  const refusal: Refusal = { code: 'discount_lost' };
  await parts.payments.settleDiscount(payment.id, attempt.id, { kind: 'dropped', refusal });
  return refusal;
}

/** Used for good. One that takes all of it off has paid it: of nothing, and by nobody else. */
export async function burned(
  { payments, account }: BurnParts,
  { id, merchantId, amount, discount, currency }: PaymentRecord,
  attempt: AttemptRecord,
): Promise<void> {
  if (amount > discount) return payments.settleDiscount(id, attempt.id, { kind: 'burned' });
  const { url } = account(merchantId)?.settings ?? {};
  const upstream = url ? `paycodes:${new URL(url).host}` : 'paycodes';
  const evidence = { upstream, upstreamId: `discount:${attempt.id}`, amount: 0, currency };
  await payments.settleDiscount(id, attempt.id, { kind: 'burned', evidence });
}
