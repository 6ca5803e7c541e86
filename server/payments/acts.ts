/**
 * What a person, or the merchant's server, may do about a payment that waits for them. Above the merchant's threshold an act is only
 * requested, and a second person confirms it. `possible-acts.ts` says which acts a payment allows now.
 */
import { isDeepStrictEqual } from 'node:util';
import {
  type AcceptPayment,
  type DisposeEvidence,
  maybeSamePerson,
  type PossibleAct,
  type RefundPayment,
  type ReopenPayment,
  type ResolvePayment,
} from '#contract/operate';
import { amountOfUncounted, decidedElsewhere, keptSum, readMoney } from './attempts/evidence-status.ts';
import { assertVersion, invalid, refuse } from './attempts/refusals.ts';
import { type UnitOfWork, updatePayment, write } from './attempts/update-payment.ts';
import { takeReading } from './decisions.ts';
import { ProblemError } from './model/errors.ts';
import { newId } from './model/ids.ts';
import type { Actor, ApprovalRecord } from './model/operator-records.ts';
import { confirmedAmountDue } from './model/payment-state.ts';
import type { PaymentRecord } from './model/records.ts';
import type { Queries } from './model/store.ts';
import { type ActDeps, type Bodies, perform, rehearse, together } from './perform-act.ts';
import { possibleActs } from './possible-acts.ts';

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
  /**
   * Does what was requested. Throws `decision_refused` if the same person requested it, or if it was decided already, and
   * `version_conflict` if the payment has changed since it was requested.
   */
  confirm(approvalId: string, note: string, by: Actor): Promise<ApprovalRecord>;
  reject(approvalId: string, note: string, by: Actor): Promise<ApprovalRecord>;
  /** Throws `not_found`; closing it a second time does nothing. */
  closeFlag(flagId: string, note: string, by: Actor): Promise<void>;
  /** What can be done about the payment now. Throws `not_found`. */
  possible(paymentId: string): Promise<PossibleAct[]>;
}

export function createActs(deps: ActDeps): Acts {
  const { store } = deps;

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
    if (threshold === undefined || amount <= threshold) {
      await perform(deps, act, { paymentId, body, by, once });
      return null;
    }
    const waiting = await findSameRequest(store, payment, { act, body }, by);
    if (waiting) return waiting;
    await rehearse(deps, act, { paymentId, body, by, once });
    return requestApproval(deps, payment, { act, amount, body }, by);
  };

  const pending = async (id: string): Promise<ApprovalRecord> => {
    const approval = await store.approval(id);
    if (!approval) throw new ProblemError('not_found');
    if (approval.status === 'outdated') throw new ProblemError('version_conflict', { detail: outdatedText });
    if (approval.status !== 'pending') throw refuse(`it was ${approval.status} already, by ${approval.decidedBy ?? 'nobody'}`);
    return approval;
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
      const approval = await pending(approvalId);
      if (maybeSamePerson(approval.requestedBy, by))
        throw refuse('a second person has to confirm this, not the one who requested it');
      const decided = { ...approval, status: 'confirmed', decidedBy: by, decidedAt: deps.clock.now() } as const;
      // In one transaction, so that nothing is done without the name of the second person, and nothing that somebody rejects meanwhile.
      const confirmed = together(deps, {
        async first(tx) {
          // Whoever changes a payment locks it first and its approval second. Confirmed before the act, which would outdate it.
          await tx.lockPayment(approval.paymentId);
          await storeDecided(tx, decided);
        },
        async last(tx) {
          const payment = await tx.lockPayment(approval.paymentId);
          const audit = { type: 'approval.confirmed', data: decisionData(decided, note) };
          if (payment) await write(tx, payment, { audit }, deps.clock.now(), deps);
        },
      });
      const { act, paymentId, body, requestedBy } = approval;
      await perform(confirmed, act, { paymentId, body: JSON.parse(body), by: requestedBy, once: null });
      return decided;
    },
    async reject(approvalId, note, by) {
      // Nothing is done by it, so whoever requested may withdraw.
      const approval = await pending(approvalId);
      const decided = { ...approval, status: 'rejected', decidedBy: by, decidedAt: deps.clock.now() } as const;
      await updatePayment<void>(deps, approval.paymentId, async (_payment, tx) => {
        await storeDecided(tx, decided);
        return { result: undefined, audit: { type: 'approval.rejected', data: decisionData(decided, note) } };
      });
      return decided;
    },
    async closeFlag(flagId, note, by) {
      const flag = await store.flag(flagId);
      if (!flag) throw new ProblemError('not_found');
      const now = deps.clock.now();
      const { kind, subject, merchantId, paymentId } = flag;
      await store.transaction(async (tx) => {
        // Its history is a chain under this lock. The payment itself is not changed, so what waits for a second person waits on.
        if (paymentId !== null) await tx.lockPayment(paymentId);
        if (!(await tx.closeFlag({ ...flag, closedAt: now, closedBy: by, note }))) return;
        const audit = { id: newId('aud'), paymentId: paymentId ?? '', merchantId, type: 'flag.closed', at: now };
        await tx.insertAudit({ ...audit, data: { flagId, flag: kind, subject, by, note } });
      });
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

const outdatedText =
  'the payment has changed since this was requested, so nothing was done and nobody can confirm it any more: ' +
  'look at the payment, and request it again if it is still right';

async function storeDecided(tx: Queries, decided: ApprovalRecord): Promise<void> {
  if (!(await tx.decideApproval(decided))) throw refuse('somebody else has decided about it meanwhile');
}

const decisionData = ({ id: approvalId, act, decidedBy: by }: ApprovalRecord, note: string) => ({ by, note, act, approvalId });

/** The money that an act is about, in minor units: the threshold is compared with it. */
async function amountAtStake<Act extends keyof Bodies>(
  { store }: Pick<UnitOfWork, 'store'>,
  payment: PaymentRecord,
  act: Act,
  body: Bodies[Act],
): Promise<number> {
  const due = confirmedAmountDue(payment);
  // Many small returns are as much as one large one.
  if ('byHand' in body && body.byHand) return body.byHand.amount + payment.amountRefunded;
  if ('outcome' in body) {
    const effective = (await store.decisions(payment.id)).filter(({ supersededAt }) => supersededAt === null);
    return (body.outcome === 'not_paid' ? due : body.amount) + decidedElsewhere({ decisions: effective }, body.attemptId);
  }
  if ('disposition' in body) {
    const row = (await store.evidence(payment.id)).find(({ upstreamId }) => upstreamId === body.upstreamId);
    return row ? amountOfUncounted(row, payment) : due;
  }
  // What has come may also be more than what was due, where people have decided before.
  return act === 'accept' ? Math.max(due, keptSum(payment, await readMoney(payment, store))) : payment.amountPaid;
}

function requestApproval(
  deps: UnitOfWork,
  { id }: PaymentRecord,
  { act, amount, body }: { act: ApprovalRecord['act']; amount: number; body: Bodies[keyof Bodies] },
  by: Actor,
): Promise<ApprovalRecord> {
  return updatePayment<ApprovalRecord>(deps, id, async (payment, tx, now) => {
    const waiting = await findSameRequest(tx, payment, { act, body }, by);
    if (waiting) return { result: waiting };
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
    return {
      result: approval,
      patch: { approvalId: approval.id },
      audit: { type: 'approval.requested', data: { by, act, amount, approvalId: approval.id } },
    };
  });
}

/** What the same person has requested already, e.g. when the answer was lost: a second request would outdate the first. */
async function findSameRequest(
  queries: Pick<Queries, 'approvals'>,
  payment: PaymentRecord,
  { act, body }: { act: ApprovalRecord['act']; body: Bodies[keyof Bodies] },
  by: Actor,
): Promise<ApprovalRecord | undefined> {
  const all = await queries.approvals(payment.id);
  const own = all.filter((one) => one.requestedBy === by && one.act === act && one.status === 'pending');
  return own.find((pending) => isSameRequest(pending, body, payment));
}

/** Whether it can still be confirmed, and `body` asks for the same: seen before it was requested or since, with whatever note. */
function isSameRequest(pending: ApprovalRecord, body: Bodies[keyof Bodies], { version: now }: PaymentRecord): boolean {
  const { version, note: _n, ...wanted } = JSON.parse(pending.body) as Bodies[keyof Bodies];
  const { version: seen = now, note: _m, ...again } = body;
  return version === now && (seen === now || seen === now - 1) && isDeepStrictEqual(wanted, again);
}
