/**
 * What a person, or the merchant's server, may do about a payment that waits for them. Above the merchant's threshold an act is only
 * requested, and a second person confirms it. `possible-acts.ts` says which acts a payment allows now.
 */
import { isDeepStrictEqual } from 'node:util';
import type {
  AcceptPayment,
  DisposeEvidence,
  PossibleAct,
  RefundPayment,
  ReopenPayment,
  ResolvePayment,
} from '#contract/operate';
import { readMoney } from './attempts/evidence-status.ts';
import { assertVersion, invalid, refuse } from './attempts/refusals.ts';
import { type UnitOfWork, updatePayment } from './attempts/update-payment.ts';
import { type DecisionDeps, resolvePayment, takeReading } from './decisions.ts';
import { disposeEvidence } from './dispose.ts';
import { ProblemError } from './model/errors.ts';
import { newId } from './model/ids.ts';
import type { Actor, ApprovalRecord } from './model/operator-records.ts';
import type { Merchant } from './model/ports.ts';
import type { PaymentRecord } from './model/records.ts';
import { possibleActs } from './possible-acts.ts';
import { type RefundRequest, recordRefundByHand } from './refunds.ts';
import { acceptPayment, reopenPayment } from './review.ts';

/** The approval that a second person has to confirm; null if the act is done. */
type ActOutcome = Promise<ApprovalRecord | null>;

/** Each throws a ProblemError, and has changed nothing then, unless it says otherwise. */
export interface Acts {
  resolve(paymentId: string, wanted: ResolvePayment, by: Actor): ActOutcome;
  accept(paymentId: string, wanted: AcceptPayment, by: Actor): ActOutcome;
  reopen(paymentId: string, wanted: ReopenPayment, by: Actor): ActOutcome;
  /** @param once Names the request: what it records is recorded once, however often it is repeated. Null: each time. */
  refund(paymentId: string, wanted: RefundPayment, by: Actor, once?: string | null): ActOutcome;
  dispose(paymentId: string, wanted: DisposeEvidence, by: Actor): ActOutcome;
  /** Asks the payment services now. What they say of an attempt in review is stored like any other evidence. */
  recheck(paymentId: string): Promise<void>;
  /** Does what was requested. Throws `decision_refused` if the same person requested it, or if it was decided already. */
  confirm(approvalId: string, note: string, by: Actor): Promise<ApprovalRecord>;
  reject(approvalId: string, note: string, by: Actor): Promise<ApprovalRecord>;
  /** Throws `not_found`; closing it a second time does nothing. */
  closeFlag(flagId: string, note: string, by: Actor): Promise<void>;
  /** What can be done about the payment now. Throws `not_found`. */
  possible(paymentId: string): Promise<PossibleAct[]>;
}

export interface ActDeps extends DecisionDeps {
  merchant(id: string): Merchant;
  payments: {
    refund(paymentId: string, request: RefundRequest): Promise<void>;
    recheck(paymentId: string): Promise<void>;
  };
}

interface Bodies {
  resolve: ResolvePayment;
  accept: AcceptPayment;
  reopen: ReopenPayment;
  refund: NonNullable<RefundPayment>;
  dispose: DisposeEvidence;
}

export function createActs(deps: ActDeps): Acts {
  const { store } = deps;

  const perform = <Act extends keyof Bodies>(
    act: Act,
    paymentId: string,
    body: Bodies[Act],
    by: Actor,
    once: string | null = null,
  ): Promise<void> => {
    const run: { [Name in keyof Bodies]: (wanted: Bodies[Name]) => Promise<void> } = {
      resolve: (wanted) => resolvePayment(deps, paymentId, wanted, by),
      accept: (wanted) => acceptPayment(deps, paymentId, wanted, by),
      reopen: (wanted) => reopenPayment(deps, paymentId, wanted, by),
      dispose: (wanted) => disposeEvidence(deps, paymentId, wanted, by),
      refund: ({ byHand, note = '', version: seen = null }) =>
        byHand
          ? recordRefundByHand(deps, paymentId, { byHand, seen, once }, by)
          : deps.payments.refund(paymentId, { by, note, seen }),
    };
    return run[act](body);
  };

  const request = async <Act extends keyof Bodies>(
    act: Act,
    paymentId: string,
    body: Bodies[Act],
    by: Actor,
    once: string | null = null,
  ): ActOutcome => {
    const payment = await store.payment(paymentId);
    if (!payment) throw new ProblemError('not_found');
    if ('byHand' in body && body.byHand && body.version === undefined && once === null)
      throw invalid(
        'version',
        'expected the version that was seen, or an Idempotency-Key, or a repetition would be recorded twice',
      );
    const amount = await amountAtStake(deps, payment, act, body);
    const threshold = deps.merchant(payment.merchantId).fourEyesAbove?.[payment.currency];
    if (threshold !== undefined && amount > threshold) return requestApproval(deps, payment, { act, amount, body }, by);
    await perform(act, paymentId, body, by, once);
    return null;
  };

  const pending = async (id: string, by: Actor): Promise<ApprovalRecord> => {
    const approval = await store.approval(id);
    if (!approval) throw new ProblemError('not_found');
    if (approval.status !== 'pending') throw refuse(`it was ${approval.status} already, by ${approval.decidedBy ?? 'nobody'}`);
    if (approval.requestedBy === by) throw refuse('a second person has to decide about this, not the one who requested it');
    return approval;
  };
  const decide = async (approval: ApprovalRecord, status: 'confirmed' | 'rejected', note: string, by: Actor) => {
    const decided = { ...approval, status, decidedBy: by, decidedAt: deps.clock.now() };
    await updatePayment<void>(deps, approval.paymentId, async (_payment, tx) => {
      if (!(await tx.decideApproval(decided))) throw refuse('somebody else has decided about it meanwhile');
      return {
        result: undefined,
        audit: { type: `approval.${status}`, data: { by, note, act: approval.act, approvalId: approval.id } },
      };
    });
    return decided;
  };

  return {
    resolve: (paymentId, wanted, by) => request('resolve', paymentId, wanted, by),
    accept: (paymentId, wanted, by) => request('accept', paymentId, wanted, by),
    reopen: (paymentId, wanted, by) => request('reopen', paymentId, wanted, by),
    refund: (paymentId, wanted, by, once = null) => request('refund', paymentId, wanted ?? {}, by, once),
    dispose: (paymentId, wanted, by) => request('dispose', paymentId, wanted, by),
    async recheck(paymentId) {
      await deps.payments.recheck(paymentId);
      const found = await store.paymentWithAttempts(paymentId);
      if (!found) throw new ProblemError('not_found');
      for (const attempt of found.attempts) {
        if (attempt.status === 'needs_review') await takeReading(deps, found.payment, attempt);
      }
    },
    async confirm(approvalId, note, by) {
      const approval = await pending(approvalId, by);
      // Done first: its version makes sure that it is done once. If the process dies here, it is done and still pending, and a
      // second confirmation is refused because the payment has changed.
      await perform(approval.act, approval.paymentId, JSON.parse(approval.body), approval.requestedBy);
      return decide(approval, 'confirmed', note, by);
    },
    reject: async (approvalId, note, by) => decide(await pending(approvalId, by), 'rejected', note, by),
    async closeFlag(flagId, note, by) {
      const flag = await store.flag(flagId);
      if (!flag) throw new ProblemError('not_found');
      await store.closeFlag({ ...flag, closedAt: deps.clock.now(), closedBy: by, note });
    },
    async possible(paymentId) {
      const found = await store.snapshot(async (tx) => {
        const payment = await tx.payment(paymentId);
        return payment && { payment, attempts: await tx.attempts(paymentId), money: await readMoney(payment, tx) };
      });
      if (!found) throw new ProblemError('not_found');
      const threshold = deps.merchant(found.payment.merchantId).fourEyesAbove?.[found.payment.currency] ?? null;
      const canRead = (method: string) => deps.methods.some((port) => port.method === method && port.readOutcome);
      const canRefund = (method: string) => deps.methods.some((port) => port.method === method && port.refund);
      return possibleActs({ ...found, threshold, canRead, canRefund, now: deps.clock.now() });
    },
  };
}

/** The money that an act is about, in minor units: the threshold is compared with it. */
async function amountAtStake<Act extends keyof Bodies>(
  { store }: Pick<UnitOfWork, 'store'>,
  payment: PaymentRecord,
  act: Act,
  body: Bodies[Act],
): Promise<number> {
  const due = payment.amount - payment.discount;
  // Many small returns are as much as one large one.
  if ('byHand' in body && body.byHand) return body.byHand.amount + payment.amountRefunded;
  if ('outcome' in body) return Math.max(body.amount, body.outcome === 'not_paid' ? due : 0);
  if ('disposition' in body)
    return (await store.evidence(payment.id)).find(({ upstreamId }) => upstreamId === body.upstreamId)?.amount ?? due;
  return act === 'accept' ? due : payment.amountPaid;
}

function requestApproval(
  deps: UnitOfWork,
  { id }: PaymentRecord,
  { act, amount, body }: { act: ApprovalRecord['act']; amount: number; body: Bodies[keyof Bodies] },
  by: Actor,
): Promise<ApprovalRecord> {
  return updatePayment<ApprovalRecord>(deps, id, async (payment, tx, now) => {
    // The same person asks for the same again, e.g. after a lost answer: a second request would outdate the first.
    const own = (await tx.approvals(id)).filter((one) => one.requestedBy === by && one.act === act && one.status === 'pending');
    const same = own.find((pending) => isSameRequest(pending, body, payment));
    if (same) return { result: same };
    if (body.version !== undefined) assertVersion(payment, body.version);
    const approval: ApprovalRecord = {
      id: newId('apr'),
      paymentId: id,
      merchantId: payment.merchantId,
      act,
      // The request itself is a change of the payment, so what was seen is one version later.
      body: JSON.stringify({ ...body, version: payment.version + 1 }),
      amount,
      currency: payment.currency,
      status: 'pending',
      requestedBy: by,
      note: ('byHand' in body && body.byHand ? body.byHand.note : body.note) ?? '',
      requestedAt: now,
      decidedBy: null,
      decidedAt: null,
    };
    await tx.insertApproval(approval);
    return { result: approval, audit: { type: 'approval.requested', data: { by, act, amount, approvalId: approval.id } } };
  });
}

/** Whether it can still be confirmed, and `body` asks for the same: seen before it was requested or since, with whatever note. */
function isSameRequest(pending: ApprovalRecord, body: Bodies[keyof Bodies], { version: now }: PaymentRecord): boolean {
  const { version, note: _n, ...wanted } = JSON.parse(pending.body) as Bodies[keyof Bodies];
  const { version: seen = now, note: _m, ...again } = body;
  return version === now && (seen === now || seen === now - 1) && isDeepStrictEqual(wanted, again);
}
