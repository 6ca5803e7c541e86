/** The part of the database that keeps what people decide and do about payments. `store.ts` has the rest. */
import type {
  ApprovalRecord,
  DecisionRecord,
  FlagRecord,
  OperatorLogRecord,
  PostbackItemRecord,
  RefundRecord,
} from './operator-records.ts';
import type { EvidenceRecord } from './records.ts';

export interface OperatorQueries {
  /** All decisions about a payment, oldest first, superseded ones too. */
  decisions(paymentId: string): Promise<DecisionRecord[]>;
  /** False if something else has been decided as paid by the same (account, key). */
  insertDecision(decision: DecisionRecord): Promise<boolean>;
  updateDecision(decision: DecisionRecord): Promise<void>;
  /** The effective decision that this thing has paid, whatever payment it is about. */
  paidDecisionOf(account: string, key: string): Promise<DecisionRecord | null>;

  /** All refunds of a payment, oldest first. */
  refunds(paymentId: string): Promise<RefundRecord[]>;
  insertRefund(refund: RefundRecord): Promise<void>;
  updateRefund(refund: RefundRecord): Promise<void>;

  approval(id: string): Promise<ApprovalRecord | null>;
  approvals(paymentId: string): Promise<ApprovalRecord[]>;
  insertApproval(approval: ApprovalRecord): Promise<void>;
  /** Decides an approval that nobody has decided; false if somebody else has. It may be outdated: by what its own act has read. */
  decideApproval(approval: ApprovalRecord): Promise<boolean>;
  /** Ends a pending approval of a payment that changes; false if it does not wait any more. */
  outdateApproval(id: string, at: number): Promise<boolean>;
  /** A pending approval is about this version now. Only for a new version in which nothing that it is about has changed. */
  keepApproval(id: string, version: number): Promise<void>;

  /** False if the same thing was raised before. */
  raiseFlag(flag: FlagRecord): Promise<boolean>;
  flag(id: string): Promise<FlagRecord | null>;
  flags(paymentId: string): Promise<FlagRecord[]>;
  /** Closes an open flag; false if it is closed already. */
  closeFlag(flag: FlagRecord): Promise<boolean>;

  /** False if the same transaction is stored already. */
  insertPostbackItem(item: PostbackItemRecord): Promise<boolean>;
  postbackItem(id: string): Promise<PostbackItemRecord | null>;
  postbackItemByKey(account: string, itemKey: string): Promise<PostbackItemRecord | null>;
  /** Writes the item if it is still unmatched; false if somebody else was first. */
  matchPostbackItem(item: PostbackItemRecord): Promise<boolean>;

  /** The evidence with this upstream id, whatever payment it belongs to. */
  evidenceOf(upstream: string, upstreamId: string): Promise<EvidenceRecord | null>;
  /** Stores what a person decided about money that was not counted. */
  updateEvidence(evidence: EvidenceRecord): Promise<void>;

  insertOperatorLog(entry: OperatorLogRecord): Promise<void>;
}

/** How much work waits. An operator should see each number return to 0. */
export interface Backlog {
  /** Attempts and discounts whose outcome is not known yet. */
  pendingReconciliation: number;
  /** Payments that only a person can decide. */
  needsReview: number;
  /** Webhooks that failed, that wait for a merchant who is missing from the configuration, or that were given up. */
  undeliveredWebhooks: number;
  /** Postbacks that belong to no payment of ours. */
  unmatchedPostbacks: number;
}
