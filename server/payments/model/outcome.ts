/** What a method reports to the core: the outcome of an attempt, and the call that it is about to make. */
import type { NextAction, WaitReason } from '#contract';
import type { ClaimRecord, Decline, EvidenceRecord, IntentRecord } from './records.ts';

/** Proof that an upstream took money, as the method found it. The amount is in minor units of `currency`. */
export type EvidenceInput = Pick<EvidenceRecord, 'upstream' | 'upstreamId' | 'amount' | 'currency'>;

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
  /** Money that only a person can assign. */
  | { kind: 'needs_review'; why: string; evidence: EvidenceInput }
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
