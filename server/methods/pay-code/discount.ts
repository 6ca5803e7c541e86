/**
 * The discount code of a payment. It is reserved when it is typed and redeemed here, just before the rest is charged; what
 * became of a call whose answer was lost is found out by reading.
 */
import { codeState } from '../../clients/paycodes/answers.ts';
import { OperatorNotice, ProblemError } from '../../payments/model/errors.ts';
import { hasEnded } from '../../payments/model/payment-state.ts';
import type { DiscountPollResult, PendingDiscount } from '../../payments/model/ports.ts';
import type { Decline, DiscountRecord, IntentRecord, PaymentRecord } from '../../payments/model/records.ts';
import { findRule, type PayCodeAccount, type PayCodePaymentDeps, type PayCodeRule } from './account.ts';
import { payCodesIntent, redemptionClientId, unseal } from './codes.ts';
import { callUseCode, classifyUse, getCode, readLateCode } from './redeem.ts';

export type RedemptionResult =
  /** The payment has no discount code, or it is redeemed: the rest may be charged. */
  | { kind: 'clear' }
  /**
   * Nothing may be charged now. Where the discount was dropped, the whole amount is due again and the customer has to be asked.
   */
  | { kind: 'declined'; decline: Decline };

const unavailable: RedemptionResult = { kind: 'declined', decline: { code: 'provider_unavailable' } };

/** A discount code that is not redeemed for good, with all that is needed to use it. */
interface ReservedDiscount {
  payment: PaymentRecord;
  discount: DiscountRecord;
  account: PayCodeAccount;
  rule: PayCodeRule;
  code: string;
}

/**
 * Redeems the discount code of a payment, just before the rest is charged. Where an earlier call had no answer, the code is read
 * first. Throws `payment_expired` and `payment_processing` where the code must not be used any more.
 */
export async function redeemDiscount(deps: PayCodePaymentDeps, paymentId: string): Promise<RedemptionResult> {
  const reserved = await reservedDiscount(deps, paymentId);
  if (reserved === 'none') return { kind: 'clear' };
  if (reserved === 'unusable') return unavailable;
  const { payment, discount, account, rule, code } = reserved;
  const client = redemptionClientId(discount.id);

  if (discount.status === 'unknown') {
    const read = await readDiscount(deps, reserved);
    if (read !== 'unused') return resultOf(read);
  }
  const call = payCodesIntent(client, { operation: 'use_code', notes: { rule: rule.slug, discount: 'yes' } });
  const intent = await deps.payments.recordDiscountRedemption(payment.id, discount.id, call);
  const result = await callUseCode(deps, account, { rule, code }, client);
  if (result === 'used') {
    await finishRedeemed(deps, payment, discount.id);
    return { kind: 'clear' };
  }
  if (result === 'lost') return unavailable;
  if (result !== 'not_sent') {
    // This call was answered, so what is read now is final, unless an earlier call is still on its way.
    const read = await readDiscount(deps, reserved, intent.id);
    if (read !== 'unused') return resultOf(read);
  }
  // This call used nothing. An earlier one whose answer was lost may still arrive.
  await deps.payments.finishDiscountRedemption(payment.id, discount.id, { kind: 'reserved', unused: intent.id });
  return unavailable;
}

/** `unusable`: the rule has been removed from the merchants file, or the code is no longer stored. The operator gets a report. */
async function reservedDiscount(deps: PayCodePaymentDeps, paymentId: string): Promise<ReservedDiscount | 'none' | 'unusable'> {
  const payment = await deps.store.payment(paymentId);
  const { discountCode } = payment ?? {};
  if (!payment || !discountCode || discountCode.status === 'redeemed') return 'none';
  const account = deps.account(payment.merchantId);
  const discount = await deps.store.discount(discountCode.id);
  const rule = findRule(account, discount?.rule);
  if (!account || !discount?.sealed || !rule) {
    deps.observer.failure('discount', new OperatorNotice(`the discount of payment ${paymentId} can no longer be used`));
    return 'unusable';
  }
  return { payment, discount, account, rule, code: unseal(deps.sealer, discount, rule) };
}

/** A discount code as it was last read. A decline: it was dropped, and the whole amount is due again. */
type DiscountReading = 'redeemed' | 'unused' | 'unknown' | Decline;

function resultOf(read: Exclude<DiscountReading, 'unused'>): RedemptionResult {
  if (read === 'redeemed') return { kind: 'clear' };
  return read === 'unknown' ? unavailable : { kind: 'declined', decline: read };
}

/** Within this time most calls arrive that arrive at all. */
const recentMs = 60_000;

/**
 * Reads what became of a discount code. Where that is final, it is recorded before this resolves. `unused`: nothing has happened
 * so far, and the code may be used once more in our name.
 * @param answeredIntentId The intent of a call that was answered and used nothing.
 */
async function readDiscount(
  deps: PayCodePaymentDeps,
  { payment, discount, account, rule, code }: ReservedDiscount,
  answeredIntentId?: string,
): Promise<DiscountReading> {
  const now = deps.clock.now();
  const answer = await getCode(deps, account, { rule, code });
  if (answer?.kind !== 'found') return 'unknown';
  const intents = await deps.store.intents(discount.id);
  const pending = intents.filter((intent) => intent.id !== answeredIntentId && isAnswerLost(intent));
  const state = codeState(answer, now);
  const { clientRecovery } = account.settings;
  const use = classifyUse({
    state,
    client: answer.code.client,
    clientRecovery,
    ours: [redemptionClientId(discount.id)],
    pendingCalls: pending.length,
  });
  if (use === 'ours') {
    await finishRedeemed(deps, payment, discount.id);
    return 'redeemed';
  }
  if (state === 'usable') {
    // Using it again in the same name does no harm. Where nobody could tell who used it, a lost call gets time to arrive first.
    const recent = pending.some(({ createdAt }) => now - createdAt <= recentMs);
    return clientRecovery || !recent ? 'unused' : 'unknown';
  }
  // Unlike with a code that pays, no money is lost here, so nobody has to decide: the discount is dropped, and the operator gets
  // a report.
  if (use === 'ambiguous')
    deps.observer.failure('discount', new OperatorNotice(`used by whom? The discount of payment ${payment.id} was taken off it`));
  // Unlike a code that pays, a discount code that is merely switched off is dropped, too, as one that is used or expired: it would have
  // to be redeemed before the rest is charged. The customer reads that the discount is lost, because the card or code that was to pay
  // the rest is as good as before.
  const decline: Decline = { code: 'discount_lost' };
  // Where nobody has used it so far, a call whose answer was lost may still do so.
  const mayArrive = pending.length > 0 && (use === 'unused' || use === 'expired');
  await deps.payments.finishDiscountRedemption(payment.id, discount.id, { kind: 'dropped', decline, mayArrive });
  return decline;
}

/** The call had no answer. It may wait in a queue and arrive at any time; no reading proves that it will not. */
const isAnswerLost = ({ status }: Pick<IntentRecord, 'status'>): boolean => status !== 'closed';

/** Records that the code is redeemed. A discount of the whole amount has paid the payment, with evidence of amount 0. */
async function finishRedeemed(
  { payments, account }: PayCodePaymentDeps,
  { id, merchantId, amount, discount, currency }: PaymentRecord,
  discountId: string,
): Promise<void> {
  if (amount > discount) return payments.finishDiscountRedemption(id, discountId, { kind: 'redeemed' });
  const { url } = account(merchantId)?.settings ?? {};
  const upstream = url ? `paycodes:${new URL(url).host}` : 'paycodes';
  const evidence = { upstream, upstreamId: `discount:${discountId}`, amount: 0, currency };
  await payments.finishDiscountRedemption(id, discountId, { kind: 'redeemed', evidence });
}

/** The first polls, and the first calls of a discount of the whole amount, come as often as this … */
const fastPollMs = 30_000;
const fastPolls = 5;
/** … and the later ones as often as that. */
const slowPollMs = 5 * 60_000;
/** How often a discount is looked at whose rule or code is missing. */
const unusablePollMs = 24 * 3_600_000;

/**
 * Follows up a discount code that was sent to be used by a request that never finished. Where it was used, it stays with the
 * payment. Where it was not, a lost call may still arrive: while the payment has time left, the code stays with it and is used
 * with the rest, in the same name. A discount of the whole amount is used again from here, since no rest will be charged. After
 * the end of the payment the discount is dropped, and its code is read twice more.
 * @returns null where the discount has been moved already.
 */
export async function pollDiscount(deps: PayCodePaymentDeps, pending: PendingDiscount): Promise<DiscountPollResult | null> {
  if (pending.discount.status === 'dropped') return pollDroppedDiscount(deps, pending);
  const { discount, intents } = pending;
  const reserved = await reservedDiscount(deps, discount.paymentId);
  if (reserved === 'unusable') return { kind: 'again', inMs: unusablePollMs };
  if (reserved === 'none' || reserved.discount.id !== discount.id) return null;
  const { payment } = reserved;
  const now = deps.clock.now();
  const sinceLastCallMs = now - (intents.at(-1)?.createdAt ?? now);
  const again: DiscountPollResult = { kind: 'again', inMs: sinceLastCallMs < fastPolls * fastPollMs ? fastPollMs : slowPollMs };
  const read = await readDiscount(deps, reserved);
  if (read === 'unknown') return again;
  if (read !== 'unused') return null;
  if (!intents.some(isAnswerLost)) {
    await deps.payments.finishDiscountRedemption(payment.id, discount.id, { kind: 'reserved' });
    return null;
  }
  if (hasEnded(payment)) {
    await deps.payments.finishDiscountRedemption(payment.id, discount.id, { kind: 'dropped', decline: null, mayArrive: true });
    return null;
  }
  if (payment.discount < payment.amount) return again;
  if (intents.length >= fastPolls && sinceLastCallMs < slowPollMs) return { kind: 'again', inMs: slowPollMs - sinceLastCallMs };
  try {
    await redeemDiscount(deps, payment.id);
  } catch (cause) {
    // The payment has expired, or other money has come, just now.
    if (!(cause instanceof ProblemError)) throw cause;
    return again;
  }
  return null;
}

/**
 * Looks whether a lost call has used the code of a dropped discount after all. Such a code is not money by itself, and the reduced
 * amount is no longer due. So somebody has to compensate the customer.
 */
async function pollDroppedDiscount(
  deps: PayCodePaymentDeps,
  { payment, discount, intents }: PendingDiscount,
): Promise<DiscountPollResult> {
  const account = deps.account(payment.merchantId);
  const read = await readLateCode(deps, account, discount, findRule(account, discount.rule), intents.length);
  if (read.kind !== 'ours') return read;
  const dropped = discount.problem ? 'it had been taken off its payment' : 'its payment had ended';
  deps.observer.failure('discount', new OperatorNotice(`the discount code of ${discount.id} was used after ${dropped}`));
  return { kind: 'over' };
}
