/** What `payments/` requires of the database. `storage/` implements it. */
import type { PaymentMethod } from '#contract';
import type {
  AttemptRecord,
  AuditRecord,
  CardRecord,
  ClaimRecord,
  CodeBatchRecord,
  EvidenceRecord,
  IdempotencyRecord,
  IntentRecord,
  OutboxRecord,
  PaymentRecord,
  PostbackRecord,
} from './records.ts';

/** What shares an upstream's account: the attempts of one merchant by one method. */
export interface Lane {
  merchantId: string;
  method: PaymentMethod;
}

export interface ListFilter {
  orderId?: string;
  status?: string;
  /** A payment's id: only those made before it. */
  after?: string;
  limit: number;
}

/** Reads and writes; inside `Store.transaction` all of one transaction. */
export interface Queries {
  payment(id: string): Promise<PaymentRecord | null>;
  /** The payment and all its attempts, oldest first, as they stood at one moment. */
  paymentWithAttempts(id: string): Promise<{ payment: PaymentRecord; attempts: AttemptRecord[] } | null>;
  /** The same, held against every other change until this transaction ends. */
  lockPayment(id: string): Promise<PaymentRecord | null>;
  paymentOfMerchant(merchantId: string, id: string): Promise<PaymentRecord | null>;
  paymentBySecret(secretHash: string): Promise<PaymentRecord | null>;
  /**
   * The payment of this order that is neither canceled nor expired. Of several: one that has succeeded, though it was late, for then the order is
   * paid; else the one that holds the order before those that were over and into which money came late.
   */
  paymentOfOrder(merchantId: string, orderId: string): Promise<PaymentRecord | null>;
  /** All of this order, oldest first. */
  paymentsOfOrder(merchantId: string, orderId: string): Promise<PaymentRecord[]>;
  listPayments(merchantId: string, filter: ListFilter): Promise<PaymentRecord[]>;
  /** False where this order has a payment that is not over. */
  insertPayment(payment: PaymentRecord): Promise<boolean>;
  /** Writes all fields where the stored version is `payment.version - 1`; false where somebody was faster. */
  updatePayment(payment: PaymentRecord): Promise<boolean>;
  insertClientSecret(secretHash: string, paymentId: string, at: number): Promise<void>;
  /** Open or awaiting_customer, and past its time, the oldest first; so many of them are left out. */
  paymentsPastExpiry(now: number, limit: number, leftOut?: number): Promise<PaymentRecord[]>;

  attempt(id: string): Promise<AttemptRecord | null>;
  attempts(paymentId: string): Promise<AttemptRecord[]>;
  insertAttempt(attempt: AttemptRecord): Promise<void>;
  updateAttempt(attempt: AttemptRecord): Promise<void>;
  /**
   * Takes attempts whose next check is due and that nobody works on, leases them until `leaseUntil`, at most `limit`: of any lane but `except`, or
   * of `only` this one.
   */
  leaseDueAttempts(
    now: number,
    leaseUntil: number,
    limit: number,
    lanes?: { except: readonly Lane[] } | { only: Lane },
  ): Promise<AttemptRecord[]>;
  /**
   * Plans the next check of an attempt that was leased, and lets go of it; nobody looks again before `restUntil`, and whoever asked meanwhile has
   * it looked at then.
   */
  scheduleCheck(leased: Pick<AttemptRecord, 'id' | 'nextCheckAt'>, at: number, restUntil: number): Promise<void>;
  /** Nothing of a refused attempt can arrive any more: it is not looked at again, and what was sealed for that is erased. */
  stopChecks(attemptId: string): Promise<void>;
  /** Brings the next check of an attempt forward to `now`, if there is to be one; to the end of its lease where it has one. */
  expediteCheck(attemptId: string, now: number): Promise<void>;
  /** Boot recovery of the embedded engine: whoever held a lease is dead. */
  releaseAllLeases(now: number): Promise<void>;
  /** Ended attempts of this method that still have something sealed: it is upstream's, too, and has to be given back there. */
  attemptsWithStaleSecret(method: PaymentMethod, limit: number): Promise<AttemptRecord[]>;
  /** Nobody needs it any more. */
  eraseSecret(attemptId: string): Promise<void>;

  /** False where somebody has it: look with `claimOf`. One that was released is free, and stays contested if it was. */
  claim(claim: ClaimRecord): Promise<boolean>;
  claimOf(account: string, thing: string): Promise<ClaimRecord | null>;
  /** All that an attempt claimed and nobody else has taken since, held against every other change until this transaction ends. */
  claimsOfAttempt(attemptId: string): Promise<ClaimRecord[]>;
  updateClaim(claim: ClaimRecord): Promise<void>;

  /** Saved cards of a merchant's customer, newest first; none that is to be removed. */
  cards(merchantId: string, label: string): Promise<CardRecord[]>;
  card(id: string): Promise<CardRecord | null>;
  /** False where this attempt's card is saved already. */
  insertCard(card: CardRecord): Promise<boolean>;
  updateCard(card: CardRecord): Promise<void>;
  deleteCard(id: string): Promise<void>;
  /** Those that nobody sees any more, and whose token lives on upstream. */
  removedCards(limit: number): Promise<CardRecord[]>;

  /**
   * Counts one more of `kind` for `subject` (a keyed hash, never a number or an address), in windows of `windowMs` that begin with the first.
   * Answers how many there are now: one row, so that neither a restart nor a second process forgets.
   */
  hitRateLimit(kind: string, subject: string, now: number, windowMs: number): Promise<RateLimitCounter>;
  /** Takes one back that should not have counted. */
  refundRateLimit(kind: string, subject: string): Promise<void>;
  /** How many there are, without counting. */
  readRateLimit(kind: string, subject: string, now: number): Promise<RateLimitCounter>;
  /** Forgets windows that are over. */
  pruneRateLimits(now: number): Promise<void>;

  /** False where the same one is stored already. */
  insertPostback(postback: PostbackRecord): Promise<boolean>;
  postbackByDigest(merchantId: string, digest: string): Promise<PostbackRecord | null>;
  updatePostback(postback: PostbackRecord): Promise<void>;
  /** Those that no payment was found for, in a fixed order: the ones after this id, '' for the first. */
  unmatchedPostbacks(afterId: string, limit: number): Promise<PostbackRecord[]>;
  /** Stored before this moment and not yet applied, oldest first. */
  waitingPostbacks(before: number, limit: number): Promise<PostbackRecord[]>;

  intents(attemptId: string): Promise<IntentRecord[]>;
  insertIntent(intent: IntentRecord): Promise<void>;
  updateIntent(intent: IntentRecord): Promise<void>;

  evidence(paymentId: string): Promise<EvidenceRecord[]>;
  /** False where this upstream id is known already. */
  insertEvidence(evidence: EvidenceRecord): Promise<boolean>;

  insertAudit(audit: AuditRecord): Promise<void>;
  insertOutbox(row: OutboxRecord): Promise<void>;
  /** Due, unleased and first of their payment, of any merchant but these; leases them. */
  leaseDueWebhooks(now: number, leaseUntil: number, limit: number, exceptMerchants: readonly string[]): Promise<OutboxRecord[]>;
  /**
   * Writes down what came of a try, and lets go of the row. A delivery always counts; a failed one only while the lease, `leased`, is still ours:
   * another sender may have delivered it since.
   */
  updateOutbox(row: OutboxRecord, leased: number): Promise<void>;
  /**
   * Brings the webhooks of a merchant forward to `now` that failed before and have waited for `restMs` at least.
   * @param longestWaits What is waited at the most after 1, 2, … tries; the last also after more.
   * @param gone The ids of those that are brought forward whatever they wait for.
   */
  expediteWebhooks(
    merchantId: string,
    now: number,
    restMs: number,
    longestWaits: readonly number[],
    gone?: readonly string[],
  ): Promise<void>;

  /** Inserts the row; where the key is taken, answers the row that stands. */
  claimCodeBatch(batch: CodeBatchRecord): Promise<CodeBatchRecord | null>;
  codeBatch(merchantId: string, id: string): Promise<CodeBatchRecord | null>;
  updateCodeBatch(batch: CodeBatchRecord): Promise<void>;
  /** Nothing was made: the key may be used again. */
  dropCodeBatch(id: string): Promise<void>;
  /** Erases the codes of a merchant's batch; of all that were made before this time, where none is named. */
  eraseCodes(which: { id: string } | { endedBefore: number }): Promise<void>;

  /** Inserts the row; where the key is taken, answers the row that stands. */
  reserveKey(row: IdempotencyRecord): Promise<IdempotencyRecord | null>;
  /** Takes over a `running` row whose lease is over; false where somebody was faster. */
  takeOverKey(row: IdempotencyRecord, now: number): Promise<boolean>;
  finishKey(scope: string, keyHash: string, paymentId: string): Promise<void>;
  /** Gives a key back; not where somebody else has taken it over meanwhile, or has finished. */
  releaseKey(row: IdempotencyRecord): Promise<void>;
  /** Forgets all that were first used before this time. */
  pruneKeys(before: number): Promise<void>;
}

export interface RateLimitCounter {
  count: number;
  /** When the window is over, milliseconds since 1970. */
  resetsAt: number;
}

/** What waits: an operator should see these return to nothing. */
export interface Backlog {
  /** Attempts whose outcome is being found out. */
  pendingReconciliation: number;
  /** Payments that only a person can settle. */
  needsReview: number;
  /** Webhooks that were tried in vain, wait for a merchant who is missing, or were given up. */
  undeliveredWebhooks: number;
  /** Postbacks of money that no payment of ours is meant by. */
  unmatchedPostbacks: number;
}

/** Every method throws StoreUnavailable where the database cannot be used now. */
export interface Store extends Queries {
  backlog(): Promise<Backlog>;
  /**
   * All or nothing. The work may run again where the engine asks for it, so it has no other effects. `answer`: what is written is what a payment
   * service has said and may never say again, so it is let through on a full disk too, on the room that is kept for it.
   */
  transaction<T>(work: (tx: Queries) => Promise<T>, options?: { answer?: boolean }): Promise<T>;
  /** Reads of one moment: of what is committed meanwhile none of them sees anything. */
  snapshot<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
  /** Throws where the database cannot be written. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
