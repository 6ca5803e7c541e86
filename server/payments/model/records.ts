/** What is stored of a payment. Amounts are minor units of `currency`; times are milliseconds since 1970. */
import type { AttemptStatus, NextAction, PaymentMethod, PaymentStatus, Problem, ReturnUrls, WaitReason } from '#contract';

/** A problem without its reference: that is the payment's. */
export type Refusal = Omit<Problem, 'ref'>;

export interface PaymentRecord {
  id: string;
  merchantId: string;
  orderId: string;
  label: string;
  description: string | null;
  status: PaymentStatus;
  /** Compare-and-set: every change adds one. */
  version: number;
  /** Of the newest webhook. */
  sequence: number;
  test: boolean;
  amount: number;
  discount: number;
  /** The code that took it off; null where none did. */
  discountCode: DiscountCode | null;
  amountPaid: number;
  currency: string;
  late: boolean;
  /** The payment of the same order that had paid it when money came for this one too; null where none had. Somebody has to give it back. */
  orderAlreadyPaidBy: string | null;
  methods: PaymentMethod[];
  /** The one wallet to pay by; null where the customer chooses. */
  walletType: string | null;
  locale: string | null;
  phone: string | null;
  items: unknown[] | null;
  returnUrls: ReturnUrls;
  metadata: Record<string, string>;
  problem: Refusal | null;
  /** The newest attempt. */
  attemptId: string | null;
  createdAt: number;
  updatedAt: number;
  expiresAt: number;
  paidAt: number | null;
}

/** `held`: it is used with the rest of the payment. `unknown`: it was sent to be used, and the answer is not known. `burned`: it is used. */
export interface DiscountCode {
  /** Of the attempt that keeps the code, sealed until it is used. */
  attemptId: string;
  state: 'held' | 'unknown' | 'burned';
  /** What its method must know to use it; never a secret. */
  rule: string;
  tail: string | null;
}

export interface AttemptRecord {
  id: string;
  paymentId: string;
  method: PaymentMethod;
  status: AttemptStatus;
  /** What the method must still know to finish (a pay code, a card's token): AES-256-GCM, gone at the end or soon after. */
  sealed: string | null;
  tail: string | null;
  /** What the customer was asked to do, and may have done: kept after the attempt, since money may still come by it. */
  action: NextAction | null;
  /** What was typed, where it is no secret: a wallet's transaction number. */
  entered: string | null;
  /** Upstream has it and said so; null where nothing was said. */
  waiting: WaitReason | null;
  problem: Refusal | null;
  startedAt: number;
  endedAt: number | null;
  /** Its outcome is unknown since then. */
  unknownSince: number | null;
  /** Reconciler: looked at so often; next time then; somebody works on it until then. */
  checks: number;
  nextCheckAt: number | null;
  leaseUntil: number;
}

/** A call that spends, written down before it is made. */
export interface IntentRecord {
  id: string;
  attemptId: string;
  paymentId: string;
  /** The upstream's method, e.g. `use_code`. */
  operation: string;
  upstream: string;
  /** Our id of exactly this call in the upstream's books, e.g. `pw:<attemptId>`. */
  naturalKey: string;
  /** What the method must know to settle this call, e.g. the rule of a code; never a secret. */
  notes: Record<string, string>;
  /** `closed`: its outcome is known. */
  status: 'intended' | 'unknown' | 'closed';
  createdAt: number;
  endedAt: number | null;
}

/** Proof that an upstream took money. Unique by (upstream, upstreamId). */
export interface EvidenceRecord {
  upstream: string;
  upstreamId: string;
  paymentId: string;
  attemptId: string | null;
  method: PaymentMethod;
  amount: number;
  currency: string;
  takenAt: number;
  /** False where a person must decide whether it pays: then it is in no sum. */
  counted: boolean;
}

/**
 * A thing that can pay once, e.g. a wallet's transaction number, and who said first that it is theirs. Unique by (account,
 * thing); taken in the commit of the intent that would spend it.
 */
export interface ClaimRecord {
  /** Whose books the thing is in. */
  account: string;
  thing: string;
  paymentId: string;
  attemptId: string;
  status: 'held' | 'paid' | 'released';
  /** Another payment claimed it meanwhile: whatever comes of it, a person has to look. */
  contested: boolean;
  claimedAt: number;
}

/** Pay codes that a merchant asked for: money, so it is written down before PayCodes is asked, once. */
export interface CodeBatchRecord {
  id: string;
  merchantId: string;
  /** PayCodes' method. */
  operation: 'generate_code' | 'generate_code_list';
  /** SHA-256 of the caller's Idempotency-Key. Unique by (merchant, operation, key). */
  keyHash: string;
  /** A keyed hash of what was asked for. */
  fingerprint: string;
  rule: string;
  /** How many were asked for; how many there are, once that is known. */
  count: number;
  status: 'running' | 'made' | 'unknown';
  /** The answer, which only the caller's key opens; null before it is there and after it was erased. */
  sealed: string | null;
  createdAt: number;
  endedAt: number | null;
}

/** A card that a customer saved with a merchant, with their consent. Its token opens nothing without the merchant's own key. */
export interface CardRecord {
  id: string;
  merchantId: string;
  /** The merchant's id of the customer. */
  label: string;
  /** Whose token it is: a token belongs to one cashbox. */
  account: string;
  /** The token: AES-256-GCM, bound to this row. */
  sealed: string;
  /** Masked. */
  number: string;
  /** A keyed hash that the same card has again. */
  mark: string;
  /** Of the payment it was saved by. */
  attemptId: string;
  savedAt: number;
  /** It is gone for everybody; its token is still to be removed upstream. */
  removedAt: number | null;
}

/** What an upstream told us unasked, exactly as it came. */
export interface PostbackRecord {
  id: string;
  merchantId: string;
  upstream: string;
  /** SHA-256 of the body: the same postback again is the same row. */
  digest: string;
  body: string;
  /** `unmatched`: no payment of ours is meant, a person has to look. */
  status: 'received' | 'applied' | 'unmatched';
  receivedAt: number;
}

/** A webhook that is to be sent, with its body as it was at the moment of the change. */
export interface OutboxRecord {
  id: string;
  merchantId: string;
  paymentId: string;
  sequence: number;
  type: string;
  body: string;
  status: 'pending' | 'delivered' | 'parked';
  tries: number;
  nextTryAt: number;
  leaseUntil: number;
  createdAt: number;
  deliveredAt: number | null;
}

/** What happened, for the operator: append-only. */
export interface AuditRecord {
  id: string;
  paymentId: string;
  merchantId: string;
  type: string;
  data: Record<string, unknown>;
  at: number;
}

/** An Idempotency-Key that was used: `scope` is whose it is and for which route, `fingerprint` a keyed hash of the body. */
export interface IdempotencyRecord {
  scope: string;
  keyHash: string;
  fingerprint: string;
  status: 'running' | 'done';
  paymentId: string | null;
  leaseUntil: number;
  createdAt: number;
}
