/** The interfaces that `payments/` requires of methods and of the process, the store apart (`store.ts`). */
import type { EntryAction, NextAction, PaymentMethod } from '#contract';
import type { DiscountPollResult, NewIntent, Outcome, PollResult, RefundOutcome } from './outcome.ts';
import type { AttemptRecord, DiscountRecord, IntentRecord, PaymentRecord } from './records.ts';

/** Wall clock, milliseconds since 1970. */
export interface Clock {
  now(): number;
}

/** What a payment needs to know of its merchant. */
export interface Merchant {
  readonly id: string;
  readonly name: string;
  readonly test: boolean;
  readonly allowedOrigins: readonly string[];
  /** Registered return addresses by id: absolute http(s) addresses, which may lead to other origins than the allowed ones. */
  readonly returnUrls?: Readonly<Record<string, string>>;
}

/** One payment method. Implemented in `methods/<name>/`. */
export interface MethodPort {
  readonly method: PaymentMethod;
  /** The currency gate: whether this merchant accepts this currency by this method. Makes no upstream call. */
  offers(merchantId: string, currency: string): boolean;
  /** What the customer does first after choosing this method. Returns soon, whatever the upstream does. */
  entryAction(payment: PaymentRecord): Promise<EntryAction>;
  /**
   * Finds out what became of an attempt that is `processing`. One worker calls it at a time. It throws only for a bug of
   * ours.
   */
  reconcile(pending: PendingAttempt): Promise<Outcome>;
  /**
   * Checks whether the customer has done what an attempt waits for, or whether a lost call of a declined attempt has
   * arrived since. Called like `reconcile`. Null if somebody has moved the attempt meanwhile.
   */
  poll?(pending: PendingAttempt): Promise<PollResult | null>;
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
  refund?(pending: PendingAttempt): Promise<RefundOutcome>;
  /** Finishes work that a crash may have interrupted. Runs at every pass of the reconciler. */
  cleanUp?(): Promise<void>;
}

/** An attempt that one worker has leased, as it hands it to the method. */
export interface PendingAttempt {
  payment: PaymentRecord;
  attempt: AttemptRecord;
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
  seal(plain: string, context: string): string;
  /** Throws for another key, another context or a changed ciphertext. */
  open(sealed: string, context: string): string;
  /** As `seal`, but the key also depends on `secret`: our key alone does not decrypt it. */
  sealFor(secret: string, plain: string, context: string): string;
  openFor(secret: string, sealed: string, context: string): string;
  /** A keyed hash, to compare a text without storing it. */
  fingerprint(text: string): string;
}

/** Receives what happens, for metrics and logs. Never gets anything secret. */
export interface Telemetry {
  upstreamCall(upstream: string, method: string, outcome: string): void;
  attempt(method: PaymentMethod, outcome: string): void;
  webhook(outcome: 'delivered' | 'failed' | 'gone' | 'parked' | 'no_merchant'): void;
  /** A bug of ours or a broken dependency. `where` names the work that failed. */
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
