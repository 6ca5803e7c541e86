/**
 * The stored rows of what people decide and do about payments, types only. Amounts are in minor units of `currency`, times are
 * milliseconds since 1970 by our own clock. `server/decisions/0007-records-of-people-and-keys.md` says why they are as they are.
 */

/**
 * Who acts: `merchant:<id>` for the merchant's own server, `operator:<name>` for a person, `upstream:<service>` for a payment service
 * that has returned money without being asked.
 */
export type Actor = `merchant:${string}` | `operator:${string}` | `upstream:${string}`;

/**
 * A person's word about one attempt or a whole payment. It is never evidence: evidence of an upstream for the same attempt or the
 * same claim supersedes it, whatever its amount is.
 */
export interface DecisionRecord {
  id: string;
  paymentId: string;
  merchantId: string;
  /** Null for `accepted`, which is about the payment. */
  attemptId: string | null;
  /**
   * With `key`: what was decided to have paid, as in a claim: the upstream account, and in it e.g. the receipt or
   * `<wallet>:<transaction number>`. Unique among the effective decisions with the outcome `paid`. Null if nothing can be named.
   */
  account: string | null;
  key: string | null;
  /** `accepted`: too little money is accepted as enough. */
  outcome: 'paid' | 'not_paid' | 'returned' | 'accepted';
  /** For `paid` and `returned`: what was paid. For `accepted`: what is accepted. Otherwise 0. */
  amount: number;
  currency: string;
  decidedBy: Actor;
  note: string;
  /** The payment's version that the person saw. */
  versionSeen: number;
  decidedAt: number;
  /** The upstream id of the evidence, or the id of the decision to reopen, that made it void. Null while it is effective. */
  supersededBy: string | null;
  supersededAt: number | null;
}

/** Money that went back to the customer, or is on its way. The sum of a payment's refunds never exceeds what was paid. */
export interface RefundRecord {
  id: string;
  paymentId: string;
  merchantId: string;
  /** Null for money that was returned by hand. */
  attemptId: string | null;
  amount: number;
  currency: string;
  /** `upstream`: by a call of ours. `by_hand`: a person has returned it and says so. */
  how: 'upstream' | 'by_hand';
  status: 'running' | 'done' | 'declined' | 'needs_review';
  requestedBy: Actor;
  /** What a person noted, e.g. the number of the transfer back. */
  reference: string | null;
  note: string;
  requestedAt: number;
  endedAt: number | null;
}

/**
 * An act above the merchant's threshold that waits for a second person. `body`: what was sent, as JSON. `outdated`: the payment has
 * changed since, so nobody can confirm any more what was requested; `decidedBy` is null then.
 */
export interface ApprovalRecord {
  id: string;
  paymentId: string;
  merchantId: string;
  act: 'resolve' | 'accept' | 'reopen' | 'refund' | 'dispose';
  body: string;
  amount: number;
  currency: string;
  status: 'pending' | 'confirmed' | 'rejected' | 'outdated';
  requestedBy: Actor;
  note: string;
  requestedAt: number;
  decidedBy: Actor | null;
  decidedAt: number | null;
}

export type FlagKind =
  /** A payment service reported another amount than a person had decided, or than was stored from what a shop has. */
  | 'decision_contradicted'
  /** The order was paid by two payments. */
  | 'order_paid_twice'
  /** Money came that nobody asked for: more than was due. */
  | 'overpaid'
  /** The payment service has returned money that we counted. */
  | 'reversed'
  /** A payment that a person reopened, although another payment of the order is live. */
  | 'reopened_beside_another'
  /** An attempt ended in review beside a payment that is over, and no money of it is known. */
  | 'attempt_in_doubt'
  /** A customer typed a code that was used in the time which a restored backup lacks, and the use proves no money. */
  | 'code_used_in_gap'
  /** The daily comparison with the payment service's own list found a difference. */
  | 'reconciliation';

/**
 * Something that a person has to look at and that the payment's status does not show. Raised in the transaction of its cause,
 * once per (kind, subject).
 */
export interface FlagRecord {
  id: string;
  merchantId: string;
  paymentId: string | null;
  kind: FlagKind;
  /** What it is about: a payment's or an attempt's id, the upstream id of money. */
  subject: string;
  /** One sentence for the operator. Never a secret. */
  reason: string;
  amount: number | null;
  currency: string | null;
  raisedAt: number;
  closedAt: number | null;
  closedBy: Actor | null;
  note: string | null;
}

/**
 * One transaction of a signed postback that belongs to no payment that we know. Unique by (account, key), whatever postbacks
 * repeat it.
 */
export interface PostbackItemRecord {
  id: string;
  postbackId: string;
  /** The merchant at whose address the postback came. Several merchants may share the account. */
  merchantId: string;
  /** The id of the Paykassma account. */
  account: string;
  /** `<wallet>:<transaction id>`, or a digest of the signed item where it has none. */
  itemKey: string;
  wallet: string | null;
  transactionId: string | null;
  customTransactionId: string | null;
  label: string | null;
  /** Null where the postback names no exact amount. */
  amount: number | null;
  currency: string | null;
  /** Whether the signature covers the amount. An unsigned one has to be typed in by a person from Paykassma's cabinet. */
  signedAmount: boolean;
  status: 'unmatched' | 'matched' | 'dismissed';
  paymentId: string | null;
  matchedBy: Actor | null;
  note: string | null;
  receivedAt: number;
  matchedAt: number | null;
}

/** What an operator read or did that belongs to no payment: a search, an export, a sign-in that failed. Rows are only added. */
export interface OperatorLogRecord {
  id: string;
  operator: string;
  action: string;
  target: string;
  data: Record<string, unknown>;
  at: number;
}

/** One event in the history of a payment, for the operator. Rows are only added. */
export interface AuditRecord {
  id: string;
  paymentId: string;
  merchantId: string;
  type: string;
  data: Record<string, unknown>;
  at: number;
}
