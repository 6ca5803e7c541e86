/** One payment with everything that an operator must know to decide about it. */
import type { Payment } from '#contract';
import type { Approval, Flag, PaymentDetail } from '#contract/operate';
import type { Acts } from '../payments/acts.ts';
import { approvalView } from '../payments/http/act-routes.ts';
import { ProblemError } from '../payments/model/errors.ts';
import { idBeginning } from '../payments/model/ids.ts';
import type { OperatorReads } from '../payments/model/operator-reads.ts';
import type { ApprovalRecord, FlagRecord } from '../payments/model/operator-records.ts';
import type { PaymentRecord } from '../payments/model/records.ts';
import type { Store } from '../payments/model/store.ts';
import { isoTime } from '../payments/model/time.ts';
import { timeline } from './timeline.ts';
import { amountText } from './words.ts';

export interface DetailDeps {
  store: Store;
  reads: OperatorReads;
  payments: { read(merchantId: string, paymentId: string): Promise<Payment | null> };
  acts: Pick<Acts, 'possible'>;
}

/** @param id The payment's id, or its reference as it is read out. Null if there is no such payment. */
export async function findPayment({ store, reads }: DetailDeps, id: string): Promise<PaymentRecord | null> {
  if (id.startsWith('pay_')) return store.payment(id);
  const beginning = idBeginning(id);
  if (beginning === null) return null;
  const found = await reads.idsBeginning(beginning);
  if (found.length > 1) throw new ProblemError('not_found', { detail: 'several payments have this reference: search for it' });
  return found[0] === undefined ? null : store.payment(found[0]);
}

export async function paymentDetail({ store, reads, payments, acts }: DetailDeps, record: PaymentRecord): Promise<PaymentDetail> {
  const { id, merchantId } = record;
  const payment = await payments.read(merchantId, id);
  if (!payment) throw new ProblemError('not_found');
  const [audit, intents, evidence, webhooks, postbacks, decisions, refunds, flags, approvals] = await Promise.all([
    reads.auditOf([id]),
    reads.intentsOf(id),
    store.evidence(id),
    reads.webhooksOf(id),
    reads.postbackItemsOf(id),
    store.decisions(id),
    store.refunds(id),
    store.flags(id),
    store.approvals(id),
  ]);
  const deliveries = (await Promise.all(webhooks.map((webhook) => store.deliveries(webhook.id)))).flat();
  return {
    payment,
    merchantId,
    timeline: timeline({ audit, intents, evidence, webhooks, deliveries, postbacks, decisions, refunds, flags, approvals }),
    acts: await acts.possible(id),
    approvals: approvals.map(operatorApproval),
    flags: flags.map(flagView),
  };
}

const flagView = ({ id, kind, reason, raisedAt, closedAt, closedBy }: FlagRecord): Flag => ({
  id,
  kind,
  reason,
  raisedAt: isoTime(raisedAt),
  closedAt: closedAt === null ? null : isoTime(closedAt),
  closedBy,
});

/** An act that waits for a second person, with the sentence that they have to confirm. */
export const operatorApproval = (approval: ApprovalRecord): Approval => ({
  ...approvalView(approval),
  summary: `${approvedActs[approval.act]} ${amountText(approval.amount, approval.currency)}.`,
});

const approvedActs = {
  resolve: 'Decide what became of',
  accept: 'Accept as enough',
  reopen: 'Take back what was decided about',
  refund: 'Give back',
  dispose: 'Decide what becomes of uncounted money:',
} as const;
