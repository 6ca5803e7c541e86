/**
 * Enters a payment again that a restored backup does not know, or knows as it was before. The shop has it: each webhook of ours carries
 * the whole payment, with the ids of its attempts and of its money. What the shop has is no proof, so whatever money it names waits
 * for a person. Its ids are those under which the payment services report the same money, so nothing counts twice, and what they
 * report replaces what the shop said (`corrected` in `attempts/apply-evidence.ts`).
 */
import { type AttemptView, paymentReference } from '#contract';
import type { RecoverPayment } from '#contract/operate';
import { endOpenAttempts } from './attempts/attempt.ts';
import { invalid } from './attempts/refusals.ts';
import { settlement } from './attempts/settle-attempt.ts';
import { type UnitOfWork, updatePayment } from './attempts/update-payment.ts';
import { ProblemError } from './model/errors.ts';
import type { Actor } from './model/operator-records.ts';
import { leavesOrderFree } from './model/payment-state.ts';
import type { EvidenceInput, LostAttemptFacts, Merchant, MethodPort } from './model/ports.ts';
import type { AttemptRecord, PaymentRecord } from './model/records.ts';
import type { Queries } from './model/store.ts';
import { insertCalls, insertLost, type LostAttempt, recoverPayment } from './recover-payment.ts';
import { assertAttemptOf, assertOwn, assertUnused, type Recoverer } from './recovered-owner.ts';

export interface RecoverDeps extends UnitOfWork {
  methods: readonly MethodPort[];
  merchant(id: string): Merchant;
}

/** An attempt of the shop's payment, and the money that it brought; none where the payment service was still working on it. */
interface Found {
  lost: LostAttempt;
  claim: LostAttemptFacts['claim'];
  money: EvidenceInput[];
}

/**
 * May be repeated: what is there already stays as it is.
 * @throws {ProblemError} `invalid_request` (422) if nothing in the payment can have paid, if it is another one than the payment of
 * this id here, or if some of its money is known to be another attempt's; `provider_unavailable` where only the service knows that and
 * cannot be read; `order_conflict` if the order has another payment that is not over; `transaction_number_used` if an attempt of it, or its
 * money, is stored with another payment; `not_found` for a payment of another merchant; `forbidden` if nothing shows that an attempt is
 * of this payment, and this person does not act for all merchants
 */
export async function recoverFromShop(
  deps: RecoverDeps,
  { merchantId, payment, note }: RecoverPayment,
  who: Recoverer,
): Promise<void> {
  const { store } = deps;
  const { by } = who;
  const found = payment.attempts.map((one) => findAttempt(deps, merchantId, payment, one)).filter((one) => one !== null);
  const [first] = found;
  if (!first) throw invalid('payment.attempts', 'nothing in this payment can have paid: let the shop make a new one');
  for (const { lost, money } of found) {
    for (const one of money.length > 0 ? money : [null]) await assertUnused(store, lost.id, one, payment.id);
    await assertAttemptOf(deps, { merchantId, payment }, lost, who);
    for (const one of money) await assertOwn(deps, { merchantId, payment }, lost, one);
  }
  const known = await store.payment(payment.id);
  if (known) assertSame(known, merchantId, payment);
  else await insertPayment(deps, { merchantId, payment, note }, first.lost);
  for (const one of found) {
    const isNew = !known || (await store.attempt(one.lost.id)) === null;
    // An attempt without money that was not lost is followed by the server itself.
    if (one.money.length === 0 && isNew) await enter(deps, payment.id, one, null, { by, note });
    for (const money of one.money) await enter(deps, payment.id, one, money, { by, note });
  }
}

type ShopPayment = RecoverPayment['payment'];

const mayHavePaid: ReadonlySet<AttemptView['status']> = new Set([
  'processing',
  'paid',
  'unconfirmed',
  'needs_review',
  'refunding',
  'refunded',
]);

/**
 * Null for an attempt that has paid nothing, and may not have. Money that a person had declared void is left out: another payment may have
 * it since. Money that had been moved waits for a person again, who moves it once more.
 */
function findAttempt(
  { methods }: RecoverDeps,
  merchantId: string,
  { evidence }: ShopPayment,
  attempt: ShopPayment['attempts'][number],
): Found | null {
  const own = evidence.filter(
    ({ attemptId, amount, disposition }) => attemptId === attempt.id && amount > 0 && disposition !== 'void',
  );
  if (own.length === 0 && !mayHavePaid.has(attempt.status)) return null;
  const { id, method, lastCharacters, submittedReference, transfer } = attempt;
  const port = methods.find((one) => one.method === method);
  const facts = port?.lostAttempt?.(merchantId, {
    id,
    action: transfer,
    submittedReference,
    upstreamId: own[0]?.upstreamId ?? null,
  });
  if (!facts) throw invalid('payment.attempts', `this merchant has no account for the method ${method}`);
  const startedAt = Date.parse(attempt.startedAt);
  return {
    lost: { id, method, lastCharacters, submittedReference, action: transfer, calls: facts.calls, startedAt },
    claim: facts.claim,
    money: own.map(({ upstreamId, amount, currency }) => ({
      upstream: facts.upstream,
      upstreamId,
      amount,
      currency,
      reportedBy: 'shop',
    })),
  };
}

function assertSame(known: PaymentRecord, merchantId: string, { orderId, amount, currency }: ShopPayment): void {
  if (known.merchantId !== merchantId) throw new ProblemError('not_found');
  if (known.orderId !== orderId || known.amount !== amount || known.currency !== currency)
    throw invalid('payment', 'the payment of this id has another order, amount or currency here');
}

async function insertPayment({ store, clock, merchant }: RecoverDeps, wanted: RecoverPayment, first: LostAttempt): Promise<void> {
  const { merchantId, payment } = wanted;
  const { id, orderId, label, amount, currency, version } = payment;
  const { test } = merchant(merchantId);
  const made = await recoverPayment(
    store,
    clock.now(),
    { id, merchantId, orderId, label, amount, currency, test, versionSeen: version },
    first,
  );
  if (made !== null) return;
  const other = (await store.paymentsOfOrder(merchantId, orderId)).find((one) => !leavesOrderFree(one));
  throw new ProblemError('order_conflict', {
    detail: `this order has another payment here that is not over: ${whatFirst(other)}`,
  });
}

/** What ends the payment that is in the way. */
function whatFirst(other: PaymentRecord | undefined): string {
  if (!other) return 'try again';
  const reference = paymentReference(other.id);
  switch (other.status) {
    case 'succeeded':
    case 'underpaid':
      return `${reference} is paid; if its money was returned in the missing time, record that first, by "pay-desk payments refund ${reference}", which reads at Payme what was returned, or with --by-hand`;
    case 'refunding':
      return `the refund of ${reference} ends first`;
    case 'needs_review':
      return `decide about ${reference} first`;
    default:
      return `cancel ${reference} first`;
  }
}

/** Stores the attempt, if it is not there, and one piece of its money, in one commit. The payment then waits for a person. */
const enter = (
  deps: RecoverDeps,
  paymentId: string,
  { lost, claim }: Found,
  money: EvidenceInput | null,
  who: { by: Actor; note: string },
): Promise<void> =>
  updatePayment<void>(deps, paymentId, async (payment, tx, now) => {
    await assertUnused(tx, lost.id, money, paymentId);
    if (money && (await tx.evidenceOf(money.upstream, money.upstreamId))?.paymentId === paymentId) return { result: undefined };
    if (!(await tx.attempt(lost.id))) {
      await insertLost(tx, paymentId, lost, now);
      if (claim) await claimOnce(tx, { ...claim, paymentId, attemptId: lost.id }, now);
    }
    const attempt = await tx.attempt(lost.id);
    // What was named for it before was void: from now on the service is asked about this money.
    if (money && attempt && (await isForgotten(tx, attempt))) await insertCalls(tx, paymentId, lost, now);
    if (!attempt) throw new Error(`${lost.id} was not entered`);
    const waits = payment.status === 'open' || payment.status === 'awaiting_customer';
    if (waits && !money) await endOpenAttempts(payment, tx, now);
    // The lost call counts as one in flight, or the customer would be asked to pay again.
    const before = waits && !money ? { ...payment, status: 'processing' as const, attemptId: lost.id } : payment;
    const why = 'the shop knows this attempt, and a restored backup does not';
    const outcome = { kind: 'needs_review', why, ...(money && { evidence: money }) } as const;
    const update = await settlement(outcome, { payment: before, attempt, tx, now }, Number.POSITIVE_INFINITY);
    if (!update.audit) return { result: undefined };
    const patch = { ...update.patch, ...(waits && { attemptId: lost.id }) };
    return { ...update, result: undefined, patch, audit: { ...update.audit, data: { ...update.audit.data, ...who } } };
  });

/** The attempt was entered or has ended, and has no money, neither counted nor for a person to decide. */
async function isForgotten(tx: Queries, { id, paymentId, status }: AttemptRecord): Promise<boolean> {
  if (status !== 'needs_review' && status !== 'declined') return false;
  return (await tx.evidence(paymentId)).every((row) => row.attemptId !== id || row.disposition === 'void');
}

type OwnedClaim = NonNullable<Found['claim']> & { paymentId: string; attemptId: string };

/** No customer can submit the number as theirs any more. */
async function claimOnce(tx: Queries, claim: OwnedClaim, now: number): Promise<void> {
  if (await tx.claim({ ...claim, status: 'active', contested: false, claimedAt: now })) return;
  const owner = await tx.claimOf(claim.account, claim.key);
  if (owner?.attemptId !== claim.attemptId)
    throw new ProblemError('transaction_number_used', { detail: `payment ${owner?.paymentId} has this number` });
}
