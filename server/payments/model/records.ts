/** The stored rows, types only. Amounts are in minor units of `currency`, times are milliseconds since 1970 by our own clock. */
import type { AttemptStatus, NextAction, Payment, PaymentMethod, PaymentStatus, Problem, WaitReason } from '#contract';
import type { Actor } from './operator-records.ts';

/** Why the customer must try again. The rest is added when it is shown. */
export type Decline = Omit<Problem, 'reference' | 'recoverable'>;

export interface PaymentRecord {
  id: string;
  merchantId: string;
  orderId: string;
  label: string;
  description: string | null;
  status: PaymentStatus;
  /** For compare-and-set: every change adds one. `sequence`: that of the newest webhook. */
  version: number;
  sequence: number;
  test: boolean;
  amount: number;
  discount: number;
  /** The code that the discount comes from, as its record says at this moment; null without a discount. */
  discountCode: DiscountCode | null;
  /** The sum of the counted evidence, and of what people decided to be paid. */
  amountPaid: number;
  /** What a person has accepted as enough although more was due; null if nobody has. */
  acceptedAmount: number | null;
  /** Who decided about its money or returned some last. Null if nobody has: then there are no decisions and no refunds. */
  decidedBy: Actor | null;
  /** The sum of the refunds that are done, and of what people decided to be returned. */
  amountRefunded: number;
  currency: string;
  paidLate: boolean;
  fromLink: boolean;
  /** If the order is paid twice: the payment that paid it first. Somebody has to return this money. Null otherwise. */
  orderAlreadyPaidBy: string | null;
  methods: PaymentMethod[];
  /** The only wallet to pay by; null if the customer chooses. */
  walletType: string | null;
  locale: string | null;
  phone: string | null;
  items: unknown[] | null;
  returnUrls: Payment['returnUrls'];
  metadata: Record<string, string>;
  problem: Decline | null;
  /** At most one of each kind, the sale first. Null before the first. */
  fiscalReceipts: NonNullable<Payment['fiscalReceipts']> | null;
  /** The act that waits for a second person. The next change of the payment outdates it, unless it moves no money. Null if none waits. */
  approvalId: string | null;
  /** The newest attempt, or the one that paid. Null before the first, and if a discount has paid the whole amount. */
  attemptId: string | null;
  createdAt: number;
  updatedAt: number;
  expiresAt: number;
  paidAt: number | null;
}

/** What a payment knows of the discount that it has now. It is read with the payment, and written by the discount's record only. */
export interface DiscountCode {
  /** The id of the attempt in which the customer typed the code: the code is encrypted for it and redeemed in its name. */
  id: string;
  status: 'reserved' | 'unknown' | 'redeemed';
  /** The last characters of the code, for display, and when the customer typed it. */
  lastCharacters: string | null;
  createdAt: number;
}

/** A discount code that a customer typed. It is reserved at first, and redeemed just before the rest is charged. */
export interface DiscountRecord
  extends Omit<DiscountCode, 'status'>,
    Pick<AttemptRecord, 'paymentId' | 'method' | 'sealed' | 'checks' | 'nextCheckAt' | 'leaseUntil'> {
  /** The slug of the PayCodes rule that the code belongs to. */
  rule: string;
  /** `dropped`: the payment does not have the discount any more. */
  status: DiscountCode['status'] | 'dropped';
  /** Why it was dropped; null if it was not, or the customer or the end of the payment did it. */
  problem: Decline | null;
  /** When it was redeemed or dropped. */
  endedAt: number | null;
}

/** The fields that every attempt has, whatever its status is. */
export interface AttemptFields {
  id: string;
  paymentId: string;
  method: PaymentMethod;
  status: AttemptStatus;
  /** What the method needs to finish (a pay code, a card's token), encrypted with AES-256-GCM, erased at or soon after the end. */
  sealed: string | null;
  /** The last characters of what the customer pays with, for display. */
  lastCharacters: string | null;
  /** What the customer was shown to do. Kept after the end of the attempt, because money may still come that way. */
  action: NextAction | null;
  /** What the customer submitted, if it is no secret: the transaction number of a wallet. */
  submittedReference: string | null;
  /** Upstream confirmed that it works on the payment; null if it did not. */
  waiting: WaitReason | null;
  problem: Decline | null;
  startedAt: number;
  endedAt: number | null;
  /** Since when the outcome of a call or of a refund is unknown; null if it is not. Kept after the end. */
  unknownSince: number | null;
  /** How often the reconciler has checked it, and when it checks it next; null if it does not. */
  checks: number;
  nextCheckAt: number | null;
  /** Until when one worker owns it; 0 if none does. */
  leaseUntil: number;
}

/** It has shown the customer what to do. `nextCheckAt`: they act at the upstream, so that is polled; null if it is not. */
export type WaitingAttempt = AttemptFields & { status: 'awaiting_customer'; action: NextAction; endedAt: null };
/** A call is in flight or has an unknown outcome, so the reconciler takes it over if nobody settles it. */
export type AttemptInFlight = AttemptFields & { status: 'processing'; endedAt: null; nextCheckAt: number };
/** It is over without counted money. `nextCheckAt`: a lost call or a late payment is still looked for; null if none is. */
export type EndedAttempt = AttemptFields & { status: 'declined' | 'unconfirmed' | 'abandoned' | 'needs_review'; endedAt: number };
/** Upstream took its money, and has returned it if it is `refunded`. Nothing is checked any more. */
export type PaidAttempt = AttemptFields & { status: 'paid' | 'refunded'; endedAt: number; nextCheckAt: null };
/** Its money is on its way back, and the reconciler follows that. */
export type RefundingAttempt = AttemptFields & { status: 'refunding'; endedAt: number; nextCheckAt: number };

/** None of its money is counted. */
export type UnpaidAttempt = WaitingAttempt | AttemptInFlight | EndedAttempt;
/** `storage/` reads a row into one of these, and throws if a row contradicts its status. */
export type AttemptRecord = UnpaidAttempt | PaidAttempt | RefundingAttempt;

/** A call that may take or return money, send an SMS or redeem a code. The row is committed before the call is made. */
export interface IntentRecord {
  id: string;
  /** The attempt that makes the call, or the discount whose code is redeemed by it. */
  attemptId: string;
  paymentId: string;
  /** The upstream's method, e.g. `use_code`. */
  operation: string;
  upstream: string;
  /** Our id of this call in the upstream's records, e.g. `pw:<attemptId>`. */
  naturalKey: string;
  /** What the method noted to find out what became of the call. Only the method knows its form, and reads it. Never a secret. */
  notes: Readonly<Record<string, unknown>>;
  /** `intended`: about to be made. `unknown`: its outcome is not known yet. `closed`: nobody waits for its answer any more. */
  status: 'intended' | 'unknown' | 'closed';
  createdAt: number;
  endedAt: number | null;
}

/** Proof that an upstream took money. Unique by (upstream, upstreamId), so the same money is stored once. */
export interface EvidenceRecord {
  upstream: string;
  upstreamId: string;
  paymentId: string;
  /** Null if a discount code paid the whole amount. */
  attemptId: string | null;
  method: PaymentMethod;
  amount: number;
  currency: string;
  /** When we stored it. */
  takenAt: number;
  /** False while a person must decide whether it pays: until then it is not part of any sum. */
  counted: boolean;
  /** What a person decided about money that was not counted; null if nobody has. `void`: it never was money. */
  disposition: 'counted' | 'void' | 'moved' | 'returned' | null;
  dispositionPaymentId: string | null;
  /** Who named it, until the service does: a shop after a restore, an operator where an amount is not signed. Null: the service. */
  reportedBy: 'shop' | 'operator' | null;
}

/** What can pay only once, e.g. a transaction number, and who submitted it first. Stored with its intent. Unique by (account, key). */
export interface ClaimRecord {
  /** The upstream account in which the key is unique: no other row has both. */
  account: string;
  /** E.g. `<wallet>:<transaction number>`. */
  key: string;
  paymentId: string;
  attemptId: string;
  status: 'active' | 'paid' | 'released';
  /** Another payment claimed it too, so a person has to decide, whatever the outcome is. */
  contested: boolean;
  claimedAt: number;
}

/** Pay codes that a merchant ordered. They are worth money, so the order is stored before the one call to PayCodes. */
export interface CodeBatchRecord {
  id: string;
  merchantId: string;
  /** The method of PayCodes that is called. */
  operation: 'generate_code' | 'generate_code_list';
  /** SHA-256 of the caller's Idempotency-Key. Unique by (merchant, operation, key). */
  keyHash: string;
  /** A keyed hash of the order. */
  fingerprint: string;
  rule: string;
  /** How many were ordered; once it is known, how many were made. */
  count: number;
  status: 'running' | 'made' | 'unknown';
  /** The codes. Only the caller's Idempotency-Key decrypts them. Null before they exist and after they are erased. */
  sealed: string | null;
  createdAt: number;
  endedAt: number | null;
}

/** A card that a customer has saved with a merchant. Its token is worth nothing without the merchant's own Payme key. */
export interface CardRecord {
  id: string;
  merchantId: string;
  /** The merchant's id of the customer. */
  label: string;
  /** The cashbox at Payme that the token belongs to. */
  account: string;
  /** The token, encrypted with AES-256-GCM and bound to this row. */
  sealed: string;
  /** Masked, and a keyed hash by which the same card is recognised. */
  number: string;
  mark: string;
  /** The attempt in which it was saved. */
  attemptId: string;
  savedAt: number;
  /** Since then nobody sees the card, and its token is still to be removed at Payme. Null while the card is in use. */
  removedAt: number | null;
}

/** A message that an upstream sent on its own, exactly as it was received. */
export interface PostbackRecord {
  id: string;
  merchantId: string;
  upstream: string;
  /** SHA-256 of the body: the same postback again is the same row. */
  digest: string;
  body: string;
  /** `unmatched`: it belongs to no payment of ours, so a person has to look at it. */
  status: 'received' | 'applied' | 'unmatched';
  receivedAt: number;
}

/** A webhook to be sent to an endpoint. Its body describes the payment at the moment of the change; `erasedBody` long after. */
export interface OutboxRecord {
  id: string;
  merchantId: string;
  endpoint: string;
  paymentId: string;
  sequence: number;
  type: string;
  body: string;
  status: 'pending' | 'delivered' | 'parked' | 'filtered';
  tries: number;
  nextTryAt: number;
  leaseUntil: number;
  createdAt: number;
  /** Its first delivery, and when it was last queued to be sent again; null where there was none. */
  deliveredAt: number | null;
  replayedAt: number | null;
}
