/** What `payments/` requires of its surroundings apart from the database (`store.ts`). Methods and `main.ts` implement it. */
import type { EntryAction, NextAction, PaymentMethod } from '#contract';
import type { NewIntent, Outcome, PollResult, RefundOutcome } from './outcome.ts';
import type { AttemptRecord, IntentRecord, PaymentRecord } from './records.ts';

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
  /** Registered return addresses by id, http(s) and absolute; they may lead off the allowed origins. */
  readonly returnUrls?: Readonly<Record<string, string>>;
}

/** One way to pay. Implemented in `methods/<name>/`, handed in by `main.ts`. */
export interface MethodPort {
  readonly method: PaymentMethod;
  /** The currency gate: whether this merchant sells by this method in this currency. Makes no call. */
  offers(merchantId: string, currency: string): boolean;
  /** What the customer does first when this method is chosen; answers soon, whatever upstream does. */
  entryAction(payment: PaymentRecord): Promise<EntryAction>;
  /** Finds out what became of an attempt that is `processing`. Called by one caller at a time; throws only for a bug. */
  reconcile(unsettled: PendingAttempt): Promise<Outcome>;
  /**
   * Looks whether the customer did what a live, left or held attempt waits for, or whether a lost call of a refused one has arrived since. As
   * `settle`; null where it has been moved already.
   */
  poll?(unsettled: PendingAttempt): Promise<PollResult | null>;
  /** What the customer is shown of an attempt: what is stored, with what may not lie in clear. Null where that is gone. Makes no call. */
  reveal?(attempt: AttemptRecord): NextAction | null;
  /** Gives the money of an attempt back, or finds out what became of that. Where it is absent, the method cannot. As `settle`. */
  refund?(unsettled: PendingAttempt): Promise<RefundOutcome>;
  /** Ends work that a crash may have left undone; called at every pass of the reconciler. */
  cleanUp?(): Promise<void>;
}

export interface PendingAttempt {
  payment: PaymentRecord;
  attempt: AttemptRecord;
  /** The spending calls of this attempt, oldest first. None: nothing was sent. */
  intents: IntentRecord[];
  /** Must be awaited before any further spending call. */
  recordIntent(wanted: NewIntent): Promise<IntentRecord>;
}

/** Seals what may not lie in clear: AES-256-GCM. `context` binds the sealed text to its row. */
export interface Sealer {
  seal(plain: string, context: string): string;
  open(sealed: string, context: string): string;
  /** The same under a key that only whoever has `secret` can make again: what is sealed so is of no use to whoever has our key alone. */
  sealFor(secret: string, plain: string, context: string): string;
  openFor(secret: string, sealed: string, context: string): string;
  /** Keyed hash for comparing without keeping. */
  fingerprint(text: string): string;
}

/** Told of what happens, for metrics and logs; never anything secret. */
export interface Telemetry {
  upstreamCall(upstream: string, method: string, outcome: string): void;
  attempt(method: PaymentMethod, outcome: string): void;
  webhook(outcome: 'delivered' | 'failed' | 'gone' | 'parked' | 'no_merchant'): void;
  /** A bug or a broken part: `where` names the work that failed. */
  failure(where: string, cause: unknown): void;
}
