/** The database as `payments/` requires it. `storage/` implements it for SQLite and PostgreSQL. */
import type { PaymentMethod } from '#contract';
import type { Backlog, OperatorQueries } from './operator-queries.ts';
import type { ListFilter } from './operator-reads.ts';
import type { AuditRecord } from './operator-records.ts';
import type { ReconciliationQueries } from './reconciliation-records.ts';
import type {
  AttemptRecord,
  CardRecord,
  ClaimRecord,
  CodeBatchRecord,
  DiscountRecord,
  EvidenceRecord,
  IntentRecord,
  OutboxRecord,
  PaymentRecord,
  PostbackRecord,
} from './records.ts';
import type { Destination, WebhookQueries } from './webhook-queries.ts';

/** The attempts and discounts of one merchant by one method: they share one account at the upstream. */
export interface Lane {
  merchantId: string;
  method: PaymentMethod;
}

/** Reads and writes. Inside `Store.transaction` all of them belong to one transaction. */
export interface Queries extends OperatorQueries, WebhookQueries, ReconciliationQueries {
  payment(id: string): Promise<PaymentRecord | null>;
  /** The payment and all its attempts, oldest first, as of one moment. */
  paymentWithAttempts(id: string): Promise<{ payment: PaymentRecord; attempts: AttemptRecord[] } | null>;
  /** As `payment`, and locks the row against any other change until this transaction ends. */
  lockPayment(id: string): Promise<PaymentRecord | null>;
  paymentOfMerchant(merchantId: string, id: string): Promise<PaymentRecord | null>;
  /** The payment of a client secret. Null if it ended and was last changed before `endedSince`, unless the secret is younger. */
  paymentBySecret(secretHash: string, endedSince: number): Promise<PaymentRecord | null>;
  /**
   * The payment of this order that is neither canceled nor expired. If there are several: one that has succeeded, even if
   * late, because then the order is paid; else the current one; else one that had ended and then received money; else a refunded one.
   */
  paymentOfOrder(merchantId: string, orderId: string): Promise<PaymentRecord | null>;
  /** All of this order, oldest first. */
  paymentsOfOrder(merchantId: string, orderId: string): Promise<PaymentRecord[]>;
  /** Whether this customer has paid anything at this merchant before. */
  hasPaid(merchantId: string, label: string): Promise<boolean>;
  /** Newest first. */
  listPayments(merchantId: string, filter: ListFilter): Promise<PaymentRecord[]>;
  /** False if this order has a payment that is not over. A refunded one is: it leaves the order to the new one. */
  insertPayment(payment: PaymentRecord): Promise<boolean>;
  /** Writes all fields if the stored version is `payment.version - 1`; false if somebody else has changed it first. */
  updatePayment(payment: PaymentRecord): Promise<boolean>;
  /** Adds a client secret. Of more than `most` of a payment the oldest are deleted. */
  insertClientSecret(secretHash: string, paymentId: string, at: number, most: number): Promise<void>;
  /** Payments that are open or awaiting the customer past their time, oldest first, without the first `leftOut` of them. */
  paymentsPastExpiry(now: number, limit: number, leftOut?: number): Promise<PaymentRecord[]>;

  attempt(id: string): Promise<AttemptRecord | null>;
  attempts(paymentId: string): Promise<AttemptRecord[]>;
  insertAttempt(attempt: AttemptRecord): Promise<void>;
  updateAttempt(attempt: AttemptRecord): Promise<void>;
  /** Leases at most `limit` due attempts that nobody owns, of any lane but `except`, or of `only`; asks `leaseUntil` for each. */
  leaseDueAttempts(
    now: number,
    leaseUntil: () => number,
    limit: number,
    lanes?: { except: readonly Lane[] } | { only: Lane },
  ): Promise<AttemptRecord[]>;
  /** Lets the lease of an attempt or a discount last until `leaseUntil`, if more than half of a whole one is left. */
  renewLease(table: 'attempts' | 'discounts', id: string, now: number, leaseUntil: number): Promise<void>;
  /** Plans the next check of a leased attempt, not before `restUntil` even if one was requested meanwhile, and releases it. */
  scheduleCheck(leased: Pick<AttemptRecord, 'id' | 'nextCheckAt'>, at: number, restUntil: number): Promise<void>;
  /** No call of a declined attempt can arrive any more: ends its checks and erases its secret. */
  stopChecks(attemptId: string): Promise<void>;
  /** Brings the next check of an attempt, if one is planned, forward to `now`, or to the end of its lease. */
  expediteCheck(attemptId: string, now: number): Promise<void>;
  /** For the start with an embedded database: no worker that had a lease is alive any more. */
  releaseAllLeases(now: number): Promise<void>;
  /** Ended attempts of this method that still have a secret, e.g. a card's token, which has to be removed upstream as well. */
  attemptsWithStaleSecret(method: PaymentMethod, limit: number): Promise<AttemptRecord[]>;
  eraseSecret(attemptId: string): Promise<void>;

  discount(id: string): Promise<DiscountRecord | null>;
  /** All discounts that a payment has or had, oldest first. */
  discounts(paymentId: string): Promise<DiscountRecord[]>;
  /** The code that was typed in an attempt is a discount code: stores the discount in the place of the attempt, under its id. */
  turnIntoDiscount(discount: DiscountRecord): Promise<void>;
  updateDiscount(discount: DiscountRecord): Promise<void>;
  /** As `leaseDueAttempts`. */
  leaseDueDiscounts(
    now: number,
    leaseUntil: () => number,
    limit: number,
    lanes?: { except: readonly Lane[] } | { only: Lane },
  ): Promise<DiscountRecord[]>;
  /** As `scheduleCheck`. */
  scheduleDiscountCheck(leased: Pick<DiscountRecord, 'id' | 'nextCheckAt'>, at: number, restUntil: number): Promise<void>;
  /** No call to redeem a dropped discount can arrive any more: ends its checks and erases its code. */
  stopDiscountChecks(id: string): Promise<void>;

  /** False if somebody else has the claim, see `claimOf`. A released claim is free again, and stays contested if it was. */
  claim(claim: ClaimRecord): Promise<boolean>;
  claimOf(account: string, key: string): Promise<ClaimRecord | null>;
  /** All claims that an attempt still has. Locks them against any other change until this transaction ends. */
  claimsOfAttempt(attemptId: string): Promise<ClaimRecord[]>;
  updateClaim(claim: ClaimRecord): Promise<void>;

  /** Saved cards of a merchant's customer, newest first, without removed ones. */
  cards(merchantId: string, label: string): Promise<CardRecord[]>;
  card(id: string): Promise<CardRecord | null>;
  /** False if the card of this attempt is saved already. */
  insertCard(card: CardRecord): Promise<boolean>;
  updateCard(card: CardRecord): Promise<void>;
  deleteCard(id: string): Promise<void>;
  /** Removed cards whose token still exists upstream. */
  removedCards(limit: number): Promise<CardRecord[]>;

  /** Counts one more event of `kind` for `subject`, in windows of `windowMs` milliseconds that begin with the first event. */
  hitRateLimit(kind: string, subject: RateLimitSubject, now: number, windowMs: number): Promise<RateLimitCounter>;
  /** Takes one event back that should not have counted. */
  refundRateLimit(kind: string, subject: RateLimitSubject): Promise<void>;
  /** The count, without counting one more. */
  readRateLimit(kind: string, subject: RateLimitSubject, now: number): Promise<RateLimitCounter>;
  /** Notes what was counted for an attempt, in case that it pays. */
  keepCounts(attemptId: string, counts: readonly RateLimitCount[]): Promise<void>;
  /** The attempt has paid: takes back what was counted for it, once. Windows that are over by now stay as they are. */
  giveBackCounts(attemptId: string): Promise<void>;
  /** Deletes windows that are over. */
  pruneRateLimits(now: number): Promise<void>;

  /** False if the same postback is stored already. */
  insertPostback(postback: PostbackRecord): Promise<boolean>;
  postbackByDigest(merchantId: string, digest: string): Promise<PostbackRecord | null>;
  updatePostback(postback: PostbackRecord): Promise<void>;
  /** Postbacks for which no payment was found, in the order of their ids, after `afterId`; '' starts at the beginning. */
  unmatchedPostbacks(afterId: string, limit: number): Promise<PostbackRecord[]>;
  /** Postbacks that were stored before this moment and are not applied yet, oldest first. */
  waitingPostbacks(before: number, limit: number): Promise<PostbackRecord[]>;

  intents(attemptId: string): Promise<IntentRecord[]>;
  insertIntent(intent: IntentRecord): Promise<void>;
  updateIntent(intent: IntentRecord): Promise<void>;

  evidence(paymentId: string): Promise<EvidenceRecord[]>;
  /** False if evidence with this upstream id is stored already. */
  insertEvidence(evidence: EvidenceRecord): Promise<boolean>;

  /**
   * Adds a row to the audit's hash chain. Where it belongs to a payment, that is locked in this transaction, or created: `isFirst`.
   */
  insertAudit(audit: AuditRecord, options?: { isFirst: boolean }): Promise<void>;
  insertOutbox(row: OutboxRecord): Promise<void>;
  /** Leases webhooks that are due, that no worker owns and that are the next of their payment at their endpoint, but for these. */
  leaseDueWebhooks(now: number, leaseUntil: number, limit: number, except: readonly Destination[]): Promise<OutboxRecord[]>;
  /**
   * Stores the result of a try and releases the row. A delivery always counts. A failure counts only while our lease,
   * `leased`, is valid, because another sender may have delivered the webhook since. Neither counts if the webhook was queued to be
   * sent again meanwhile.
   */
  updateOutbox(row: OutboxRecord, leased: number): Promise<void>;
  /** Brings forward to `now` the webhooks of these types that wait for their next try, and that nobody asked to be sent again. */
  expediteUnwanted(to: Destination, now: number, types: readonly string[]): Promise<void>;
  /**
   * Brings forward to `now` the webhooks of an endpoint that failed before and have waited for at least `restMs` milliseconds.
   * @param longestWaits The longest planned waits after 1, 2, … tries, in milliseconds; the last one also after more tries.
   * @param gone The ids of webhooks that are brought forward however long they have waited.
   */
  expediteWebhooks(
    to: Destination,
    now: number,
    restMs: number,
    longestWaits: readonly number[],
    gone?: readonly string[],
  ): Promise<void>;

  /** Inserts the row and returns null; if the key is in use, returns the existing row. */
  claimCodeBatch(batch: CodeBatchRecord): Promise<CodeBatchRecord | null>;
  codeBatch(merchantId: string, id: string): Promise<CodeBatchRecord | null>;
  updateCodeBatch(batch: CodeBatchRecord): Promise<void>;
  /** For an order by which no code was made: its key may be used again. */
  dropCodeBatch(id: string): Promise<void>;
  /** Erases the codes of one batch, or of all batches that were made before this time. */
  eraseCodes(which: { id: string } | { endedBefore: number }): Promise<void>;

  /**
   * Set while the database was restored from a backup, at `heldSince`, and nobody has verified what the payment services took after
   * `since` (milliseconds since 1970). Nothing may be spent meanwhile. Null otherwise.
   */
  restoreHold(): Promise<{ since: number; heldSince: number } | null>;
  /**
   * Whether a backup was restored that does not know what happened at this moment (milliseconds since 1970).
   * @param within So many milliseconds before and after it count, too.
   */
  isTimeLost(at: number, within: number): Promise<boolean>;

  /** Inserts the row and returns null; if the key is in use, returns the existing row. `most`: of one scope the newest are kept. */
  reserveKey(row: IdempotencyRecord, most?: number): Promise<IdempotencyRecord | null>;
  /** Takes over a `running` row whose lease is over; false if somebody else did so first. */
  takeOverKey(row: IdempotencyRecord, now: number): Promise<boolean>;
  /** Extends the lease of a `running` row; false if somebody else has taken it over. */
  renewKey(row: IdempotencyRecord, leaseUntil: number): Promise<boolean>;
  finishKey(scope: string, keyHash: string, paymentId: string): Promise<void>;
  /** Frees a key, unless somebody else has taken it over or it is finished. */
  releaseKey(row: IdempotencyRecord): Promise<void>;
  /** Deletes all keys that were first used before this time. */
  pruneKeys(before: number): Promise<void>;
}

/**
 * Who or what is counted: an id, or the keyed hashes of an address or a number (`Sealer.fingerprints`). New events are counted
 * under the first hash, and what was counted under the others, before keys were exchanged, still counts.
 */
export type RateLimitSubject = string | readonly string[];

export interface RateLimitCounter {
  count: number;
  /** When the window ends, milliseconds since 1970. */
  resetsAt: number;
}

/** One counted event, and when the window ends in which it was counted. */
export type RateLimitCount = { kind: string; subject: string; resetsAt: number };

/** A used Idempotency-Key. `scope`: whose key it is and for which route. `fingerprint`: a keyed hash of what was sent with it. */
export interface IdempotencyRecord {
  scope: string;
  keyHash: string;
  fingerprint: string;
  status: 'running' | 'done';
  paymentId: string | null;
  leaseUntil: number;
  createdAt: number;
}

/** Every method throws StoreUnavailable while the database cannot be used. */
export interface Store extends Queries {
  backlog(): Promise<Backlog>;
  /**
   * All or nothing. The work may run again if the engine requires it, so it must have no other effects. `answer`: the
   * work stores an answer of a payment service that may never be repeated, so it may use the space that is reserved for a
   * full disk.
   */
  transaction<T>(work: (tx: Queries) => Promise<T>, options?: { answer?: boolean }): Promise<T>;
  /** All reads see the database as of one moment, whatever is committed meanwhile. */
  snapshot<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
  /** Throws if the database cannot be written. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
