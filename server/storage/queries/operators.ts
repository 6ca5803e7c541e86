/** What people decide and do about payments. */
import type { Kysely } from 'kysely';
import type { OperatorQueries } from '../../payments/model/operator-queries.ts';
import type {
  ApprovalRecord,
  DecisionRecord,
  FlagRecord,
  OperatorLogRecord,
  PostbackItemRecord,
  RefundRecord,
} from '../../payments/model/operator-records.ts';
import { appendOperatorLog, type OperatorLogRow } from '../audit/append.ts';
import type { AuditChain } from '../audit/chain.ts';
import type { ApprovalsTable, DecisionsTable, FlagsTable, PostbackItemsTable, RefundsTable } from '../operator-schema.ts';
import { mapper, rows } from '../rows.ts';
import type { Schema } from '../schema.ts';

const decisions = mapper<DecisionRecord, DecisionsTable>();
const refunds = mapper<RefundRecord, RefundsTable>();
const plainApprovals = mapper<ApprovalRecord, ApprovalsTable>();
const approvals = {
  toRow: plainApprovals.toRow,
  /** An outdated one is stored as rejected by nobody: so a process of an older version takes it for done. */
  toRecord(row: ApprovalsTable): ApprovalRecord {
    const record = plainApprovals.toRecord(row);
    return record.status === 'rejected' && record.decidedBy === null ? { ...record, status: 'outdated' } : record;
  },
};
const flags = mapper<FlagRecord, FlagsTable>();
const postbackItems = mapper<PostbackItemRecord, PostbackItemsTable>({ flags: ['signedAmount'] });
const operatorLog = mapper<OperatorLogRecord, OperatorLogRow>({ json: ['data'] });

export const operatorQueries = (db: Kysely<Schema>, chain: AuditChain | null): OperatorQueries => ({
  ...decisionQueries(db),
  ...flagQueries(db),
  ...postbackItemQueries(db),
  async evidenceOf(upstream, upstreamId) {
    const found = db.selectFrom('evidence').selectAll().where('upstream', '=', upstream).where('upstream_id', '=', upstreamId);
    const row = await found.executeTakeFirst();
    return row ? rows.evidence.toRecord(row) : null;
  },
  async updateEvidence(evidence) {
    const { upstream, upstream_id, ...values } = rows.evidence.toRow(evidence);
    await db
      .updateTable('evidence')
      .set(values)
      .where('upstream', '=', upstream)
      .where('upstream_id', '=', upstream_id)
      .execute();
  },
  async insertOperatorLog(entry) {
    await appendOperatorLog(db, chain, operatorLog.toRow(entry));
  },
});

type DecisionQueries = Pick<
  OperatorQueries,
  | 'decisions'
  | 'insertDecision'
  | 'updateDecision'
  | 'paidDecisionOf'
  | 'refunds'
  | 'insertRefund'
  | 'updateRefund'
  | 'approval'
  | 'approvals'
  | 'insertApproval'
  | 'decideApproval'
  | 'outdateApproval'
  | 'keepApproval'
>;

const decisionQueries = (db: Kysely<Schema>): DecisionQueries => ({
  async decisions(paymentId) {
    const found = db.selectFrom('decisions').selectAll().where('payment_id', '=', paymentId);
    return (await found.orderBy('decided_at').orderBy('id').execute()).map(decisions.toRecord);
  },
  async insertDecision(decision) {
    const row = decisions.toRow(decision);
    // Looked up and not left to the unique index alone: on PostgreSQL its error would abort the whole transaction.
    const inserted = await db
      .insertInto('decisions')
      .values(row)
      .onConflict((on) => on.doNothing())
      .executeTakeFirst();
    return inserted.numInsertedOrUpdatedRows === 1n;
  },
  async updateDecision(decision) {
    const { id, ...values } = decisions.toRow(decision);
    await db.updateTable('decisions').set(values).where('id', '=', id).execute();
  },
  async paidDecisionOf(account, key) {
    const found = db.selectFrom('decisions').selectAll().where('account', '=', account).where('key', '=', key);
    const row = await found.where('outcome', '=', 'paid').where('superseded_at', 'is', null).executeTakeFirst();
    return row ? decisions.toRecord(row) : null;
  },
  async refunds(paymentId) {
    const found = db.selectFrom('refunds').selectAll().where('payment_id', '=', paymentId);
    return (await found.orderBy('requested_at').orderBy('id').execute()).map(refunds.toRecord);
  },
  async insertRefund(refund) {
    await db.insertInto('refunds').values(refunds.toRow(refund)).execute();
  },
  async updateRefund(refund) {
    const { id, ...values } = refunds.toRow(refund);
    await db.updateTable('refunds').set(values).where('id', '=', id).execute();
  },
  async approval(id) {
    const row = await db.selectFrom('approvals').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? approvals.toRecord(row) : null;
  },
  async approvals(paymentId) {
    const found = db.selectFrom('approvals').selectAll().where('payment_id', '=', paymentId);
    return (await found.orderBy('requested_at').orderBy('id').execute()).map(approvals.toRecord);
  },
  async insertApproval(approval) {
    await db.insertInto('approvals').values(approvals.toRow(approval)).execute();
  },
  async decideApproval(approval) {
    const { id, ...values } = approvals.toRow(approval);
    const undecided = db.updateTable('approvals').set(values).where('id', '=', id).where('decided_by', 'is', null);
    return (await undecided.executeTakeFirst()).numUpdatedRows === 1n;
  },
  outdateApproval: (id, at) => outdateApproval(db, id, at),
  async keepApproval(id, version) {
    const found = db.selectFrom('approvals').select('body').where('id', '=', id).where('status', '=', 'pending');
    const row = await found.executeTakeFirst();
    if (!row) return;
    const body = JSON.stringify({ ...JSON.parse(row.body), version });
    await db.updateTable('approvals').set({ body }).where('id', '=', id).execute();
  },
});

/**
 * Stored as rejected by nobody, since versions before know no other end. Only for a transaction that gives the payment a new version.
 * @param at Milliseconds since 1970.
 * @returns False if it does not wait any more.
 */
export async function outdateApproval(db: Kysely<Schema>, id: string, at: number): Promise<boolean> {
  const values = { status: 'rejected', decided_by: null, decided_at: at };
  const pending = db.updateTable('approvals').set(values).where('id', '=', id).where('status', '=', 'pending');
  return (await pending.executeTakeFirst()).numUpdatedRows === 1n;
}

const flagQueries = (db: Kysely<Schema>): Pick<OperatorQueries, 'raiseFlag' | 'flag' | 'flags' | 'closeFlag'> => ({
  async raiseFlag(flag) {
    const inserted = await db
      .insertInto('flags')
      .values(flags.toRow(flag))
      .onConflict((on) => on.columns(['kind', 'subject']).doNothing())
      .executeTakeFirst();
    return inserted.numInsertedOrUpdatedRows === 1n;
  },
  async flag(id) {
    const row = await db.selectFrom('flags').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? flags.toRecord(row) : null;
  },
  async flags(paymentId) {
    const found = db.selectFrom('flags').selectAll().where('payment_id', '=', paymentId);
    return (await found.orderBy('raised_at').orderBy('id').execute()).map(flags.toRecord);
  },
  async closeFlag(flag) {
    const { id, ...values } = flags.toRow(flag);
    const open = db.updateTable('flags').set(values).where('id', '=', id).where('closed_at', 'is', null);
    return (await open.executeTakeFirst()).numUpdatedRows === 1n;
  },
});

type PostbackItemQueries = Pick<
  OperatorQueries,
  'insertPostbackItem' | 'postbackItem' | 'postbackItemByKey' | 'matchPostbackItem'
>;

const postbackItemQueries = (db: Kysely<Schema>): PostbackItemQueries => ({
  async insertPostbackItem(item) {
    const inserted = await db
      .insertInto('postback_items')
      .values(postbackItems.toRow(item))
      .onConflict((on) => on.columns(['account', 'item_key']).doNothing())
      .executeTakeFirst();
    return inserted.numInsertedOrUpdatedRows === 1n;
  },
  async postbackItem(id) {
    const row = await db.selectFrom('postback_items').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? postbackItems.toRecord(row) : null;
  },
  async postbackItemByKey(account, itemKey) {
    const found = db.selectFrom('postback_items').selectAll().where('account', '=', account).where('item_key', '=', itemKey);
    const row = await found.executeTakeFirst();
    return row ? postbackItems.toRecord(row) : null;
  },
  async matchPostbackItem(item) {
    const { id, ...values } = postbackItems.toRow(item);
    const open = db.updateTable('postback_items').set(values).where('id', '=', id).where('status', '=', 'unmatched');
    return (await open.executeTakeFirst()).numUpdatedRows === 1n;
  },
});
