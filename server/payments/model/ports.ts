/**
 * The interfaces that `payments/` requires of methods and of the process, the store apart (`store.ts`), and what a method
 * reports by them: the outcome of an attempt, and the call that it is about to make.
 */
import type { EntryAction, NextAction, PaymentMethod, WaitReason } from '#contract';
import type { Reading } from './reading.ts';
import type {
  AttemptInFlight,
  AttemptRecord,
  ClaimRecord,
  Decline,
  DiscountRecord,
  EndedAttempt,
  EvidenceRecord,
  IntentRecord,
  PaymentRecord,
  RefundingAttempt,
  WaitingAttempt,
} from './records.ts';

/** Wall clock, milliseconds since 1970. */
export interface Clock {
  now(): number;
}

/** What a payment needs to know of its merchant. */
export interface Merchant {
  readonly id: string;
  readonly name: string;
  readonly logoUrl?: string | undefined;
  readonly brands?: Readonly<Record<string, string>> | undefined; // Pictures, as https or data URLs.
  readonly test: boolean;
  readonly allowedOrigins: readonly string[];
  /** Registered return addresses by id: absolute http(s) addresses, which may lead to other origins than the allowed ones. */
  readonly returnUrls?: Readonly<Record<string, string>>;
  /** By currency, in minor units: what a person decides about more than this needs a second person. No entry: one is enough. */
  readonly fourEyesAbove?: Readonly<Record<string, number>> | undefined;
}

/** One payment method. Implemented in `methods/<name>/`. */
export interface MethodPort {
  readonly method: PaymentMethod;
  /** The currency gate: whether this merchant accepts this currency by this method. Makes no upstream call. */
  offers(merchantId: string, currency: string): boolean;
  /** What the customer does first after choosing this method. Returns soon, whatever the upstream does. */
  entryAction(payment: PaymentRecord): Promise<EntryAction>;
  /** Finds out what became of an attempt in flight. One worker calls it at a time. It throws only for a bug of ours. */
  reconcile(pending: PendingAttempt<AttemptInFlight>): Promise<Outcome>;
  /**
   * Checks whether the customer has done what an attempt waits for, or whether a lost call of a declined attempt has
   * arrived since. Called like `reconcile`. Null if somebody has moved the attempt meanwhile.
   */
  poll?(pending: PendingAttempt<WaitingAttempt | EndedAttempt>): Promise<PollResult | null>;
  /**
   * Finds out what became of a discount code that was to be redeemed, or whether a lost call has redeemed a dropped one. One
   * worker calls it at a time. Null if somebody has moved the discount meanwhile.
   */
  pollDiscount?(pending: PendingDiscount): Promise<DiscountPollResult | null>;
  /**
   * The stored action as the customer sees it, with its encrypted fields filled in. Null if those are erased. Makes no
   * upstream call.
   */
  reveal?(attempt: AttemptRecord): NextAction | null;
  /**
   * Returns the money of an attempt, or finds out what became of that. Called like `reconcile`. Absent if the method
   * cannot refund.
   */
  refund?(pending: PendingAttempt<RefundingAttempt>): Promise<RefundOutcome>;
  /**
   * Reads what became of an attempt, for a person who has to decide about it. Makes no call that changes anything. Null where
   * nothing can be read: the service cannot be asked, or what would be asked for is not known any more.
   */
  readOutcome?(pending: Omit<PendingAttempt, 'recordIntent'>): Promise<Reading | null>;
  /**
   * What a person's decision "paid" about this attempt names, so that the same thing is decided once. Null if nothing can be
   * named.
   * @param upstreamId What the person has typed in; null if nothing.
   */
  decisionKey?(
    payment: PaymentRecord,
    attempt: AttemptRecord,
    upstreamId: string | null,
  ): Pick<ClaimRecord, 'account' | 'key'> | null;
  /** How an attempt that a restore has lost is entered again. Null for a merchant that does not sell by this method. */
  lostAttempt?(
    merchantId: string,
    attempt: Pick<AttemptRecord, 'id' | 'action' | 'submittedReference'> & { upstreamId: string | null },
  ): LostAttemptFacts | null;
  /**
   * Whether money that a shop names for a lost attempt is known to have come by another one: its id, or the service, says so. False where
   * nothing tells. Throws `provider_unavailable` where the service knows it and cannot be read.
   */
  isMoneyOfAnother?(
    payment: Pick<PaymentRecord, 'id' | 'merchantId' | 'orderId' | 'label'>,
    attempt: Pick<AttemptRecord, 'id'>,
    upstreamId: string,
  ): Promise<boolean>;
  /** Whether an attempt of a lost payment may be stored with one that was made anew, which its id does not show. Absent: never. */
  mayAdoptAttempts?(merchantId: string): boolean;
  /** Finishes work that a crash may have interrupted. Runs at every pass of the reconciler. */
  cleanUp?(): Promise<void>;
}

/** Where the money of a lost attempt is stored, the calls that it made, and what it claims, if anything. */
export type LostAttemptFacts = { upstream: string; calls: IntentCall[]; claim: Pick<ClaimRecord, 'account' | 'key'> | null };

/** An attempt that one worker has leased, as it hands it to the method. */
export interface PendingAttempt<Attempt extends AttemptRecord = AttemptRecord> {
  payment: PaymentRecord;
  attempt: Attempt;
  /** The recorded calls of this attempt, oldest first. None: nothing was sent. */
  intents: IntentRecord[];
  /** Must be awaited before any further call. */
  recordIntent(wanted: NewIntent): Promise<IntentRecord>;
}

/** A discount that one worker has leased, as it hands it to the method. */
export interface PendingDiscount {
  payment: PaymentRecord;
  discount: DiscountRecord;
  /** The recorded calls to redeem it, oldest first. */
  intents: IntentRecord[];
}

/** Encrypts what must not be stored in clear, with AES-256-GCM. `context` binds the ciphertext to its row. */
export interface Sealer {
  /** The id of the key that new texts are sealed under. */
  readonly keyId: string;
  seal(plain: string, context: string): string;
  /** Throws for an unknown key, another context or a changed ciphertext. */
  open(sealed: string, context: string): string;
  /** As `seal`, but the key also depends on `secret`: our key alone does not decrypt it. */
  sealFor(secret: string, plain: string, context: string): string;
  openFor(secret: string, sealed: string, context: string): string;
  /** A keyed hash, by which a text is found again without being stored. What is stored is always this one. */
  fingerprint(text: string): string;
  /** The hashes under all keys, that of `fingerprint` first: any of them may have been stored before keys were exchanged. */
  fingerprints(text: string): readonly string[];
}

/** Receives what happens, for metrics and logs. Never gets anything secret. */
export interface Telemetry {
  upstreamCall(upstream: string, method: string, outcome: string): void;
  attempt(method: PaymentMethod, outcome: string): void;
  webhook(outcome: 'delivered' | 'failed' | 'gone' | 'parked' | 'no_merchant' | 'filtered'): void;
  /** A bug of ours, a broken dependency, or an `OperatorNotice`. `where` names the work that failed. */
  failure(where: string, cause: unknown): void;
}

/** Notifies who waits for a payment of its changes. */
export interface ChangeNotifier {
  notify(paymentId: string): void;
  /** Resolves at the next change, after `ms` milliseconds, or when `signal` aborts. Never rejects. */
  waitForChange(paymentId: string, ms: number, signal?: AbortSignal): Promise<void>;
  /** The server is closing: whoever waits, now or later, is released at once. */
  close(): void;
  readonly closed: boolean;
}

/**
 * Proof that an upstream took money, as the method found it. The amount is in minor units of `currency`. `reportedBy`: who says so, where
 * that is not the upstream.
 */
export type EvidenceInput = Pick<EvidenceRecord, 'upstream' | 'upstreamId' | 'amount' | 'currency'> &
  Partial<Pick<EvidenceRecord, 'reportedBy'>>;

export type Outcome =
  /** An upstream states that it took this money. */
  | { kind: 'paid'; evidence: EvidenceInput }
  /**
   * It is proven that no money was taken. `mayArrive`: it is proven only so far, because a call whose answer was lost may
   * still arrive. Then upstream is read again after the attempt has ended, and money found there counts.
   */
  | { kind: 'declined'; decline: Decline; mayArrive?: boolean }
  /**
   * What the customer submitted paid nothing, and they may correct it on the same screen. `unconfirmed`: upstream may still
   * find the transfer, so the claim on it stays. Otherwise it is proven that it never will; `mayArrive` as above.
   */
  | { kind: 'correction_requested'; decline: Decline; unconfirmed: boolean; mayArrive?: boolean }
  /**
   * Nothing is paid yet: the same attempt continues when the customer has done `action`. `problem` tells the customer why
   * it is requested again. `pollInMs`: the customer acts at the upstream, so that is polled after this many
   * milliseconds.
   */
  | { kind: 'action_required'; action: NextAction; problem: Decline | null; pollInMs?: number }
  /** The customer has abandoned the attempt, and it is proven that it can pay nothing any more. */
  | { kind: 'abandoned' }
  /** Nothing is paid, but the code takes `deduction` (minor units) off the amount due. */
  | { kind: 'discount_reserved'; deduction: number; rule: string }
  /** Upstream confirms that it works on the payment and will report the result. */
  | { kind: 'waiting'; reason: WaitReason }
  /** Neither payment nor non-payment is proven: check again later. */
  | { kind: 'unknown' }
  /**
   * Only a person can decide. `why` is for the operator. Money that was found is stored as evidence, and counts only
   * after the decision.
   */
  | { kind: 'needs_review'; why: string; evidence?: EvidenceInput };

/** What became of a refund. */
export type RefundOutcome =
  /** Upstream states that all of the money has been returned. */
  | { kind: 'returned' }
  /** It is proven that the money stays with the merchant. */
  | { kind: 'kept'; why: string }
  /** The refund is on its way: check again later. */
  | { kind: 'unknown' }
  /** Only a person can decide. */
  | { kind: 'needs_review'; why: string };

/** What a look at the upstream found of an attempt that waits for what the customer does there. */
export type PollResult =
  | { kind: 'paid'; evidence: EvidenceInput }
  /** Money that only a person can assign; or, without evidence, nobody can find out any more whether there is money. */
  | { kind: 'needs_review'; why: string; evidence?: EvidenceInput }
  /** Nothing yet: poll again after this many milliseconds. */
  | { kind: 'again'; inMs: number }
  /** Nothing can come of the attempt any more. */
  | { kind: 'over'; decline: Decline };

/** What a look at the upstream found of a discount code. What changes the payment is recorded before. */
export type DiscountPollResult =
  | Extract<PollResult, { kind: 'again' }>
  /** No call can redeem the dropped code any more. */
  | { kind: 'over' };

/** What an intent row records of the call that is about to be made. */
export type IntentCall = Pick<IntentRecord, 'operation' | 'upstream' | 'naturalKey' | 'notes'>;

/** A call that is to be recorded before it is made. Its kind decides what is checked in that commit. */
export type NewIntent = IntentCall & IntentKind;

type IntentKind =
  /**
   * Takes no money itself, e.g. sends an SMS code. The first call of an attempt must be in time, and before any money has
   * come.
   */
  | { kind: 'preparation' }
  /** Takes money, in minor units. It must be in time, before any money has come, and take exactly what is due. */
  | { kind: 'charge'; amountDue: number }
  /**
   * Submits a transfer that the customer has already made, so it is never too late. Nobody else may have claimed the
   * transfer.
   */
  | { kind: 'submitted_transfer'; claim: Pick<ClaimRecord, 'account' | 'key'> }
  /** Makes sure that the attempt pays nothing more, so it is made whatever has become of the payment meanwhile. */
  | { kind: 'safeguard' }
  /** Gives money back. */
  | { kind: 'refund' };
