/** What became of an attempt, in the words every method shares. */
import type { NextAction, WaitReason } from '#contract';
import type { ClaimRecord, EvidenceRecord, IntentRecord, Refusal } from './records.ts';

export type EvidenceInput = Pick<EvidenceRecord, 'upstream' | 'upstreamId' | 'amount' | 'currency'>;

export type Outcome =
  /** An upstream says that it took this money. */
  | { kind: 'paid'; evidence: EvidenceInput }
  /**
   * Proven: no money was taken. `mayArrive`: so far, for a call whose answer was lost may still arrive; upstream is read again after the end of the
   * attempt, and what is then found is taken.
   */
  | { kind: 'refused'; refusal: Refusal; mayArrive?: boolean }
  /**
   * Not paid by what was sent, and the customer may correct it where they are. `watched`: upstream may still find it, so it
   * stays claimed; otherwise it is proven that it never will, `mayArrive` as in `refused`.
   */
  | { kind: 'asked'; refusal: Refusal; watched: boolean; mayArrive?: boolean }
  /**
   * Nothing is paid yet: the same attempt goes on when the customer has done this. `problem`: why it is asked again. `watchInMs`: upstream is
   * to be looked at after so long, for the customer does it there.
   */
  | { kind: 'next'; action: NextAction; problem: Refusal | null; watchInMs?: number }
  /** The customer has left it, and it is proven that it can pay nothing any more. */
  | { kind: 'left' }
  /** Nothing is paid by it, but so much less is due, in minor units. */
  | { kind: 'discount'; deduction: number; rule: string }
  /** Upstream has it, says so, and will tell. */
  | { kind: 'waiting'; reason: WaitReason }
  /** Neither is proven; look again later. */
  | { kind: 'unknown' }
  /** Only a person can tell. `why` is for the operator; the money, where there is some, is kept for the decision. */
  | { kind: 'review'; why: string; evidence?: EvidenceInput };

/** What became of money that was to be given back. */
export type RefundOutcome =
  /** Upstream says that all of it is back. */
  | { kind: 'returned' }
  /** Proven: it stays with the merchant. */
  | { kind: 'kept'; why: string }
  /** It is on its way; look again later. */
  | { kind: 'unknown' }
  /** Only a person can tell. */
  | { kind: 'review'; why: string };

/** What was seen of an attempt that waits for what the customer does elsewhere. */
export type PollResult =
  | { kind: 'paid'; evidence: EvidenceInput }
  /** Money that only a person can place. */
  | { kind: 'review'; why: string; evidence: EvidenceInput }
  /** Nothing yet. */
  | { kind: 'again'; inMs: number }
  /** It can come to nothing any more. */
  | { kind: 'over'; refusal: Refusal };

/** What an intent row says of the call that is about to be made. */
export type IntentCall = Pick<IntentRecord, 'operation' | 'upstream' | 'naturalKey' | 'notes'>;

/** A call that is to be recorded before it is made. Its kind decides what is checked in that commit. */
export type NewIntent = IntentCall & IntentKind;

type IntentKind =
  /** Takes no money itself, e.g. sends an SMS code. The first call of an attempt must be in time, and before any money has come. */
  | { kind: 'preparation' }
  /** Takes money, in minor units. It must be in time, before any money has come, and take exactly what is due. */
  | { kind: 'charge'; amountDue: number }
  /** Submits a transfer that the customer has already made, so it is never too late. Nobody else may have claimed the transfer. */
  | { kind: 'submitted_transfer'; claim: Pick<ClaimRecord, 'account' | 'thing'> }
  /** Makes sure that the attempt pays nothing more, so it is made whatever has become of the payment meanwhile. */
  | { kind: 'safeguard' }
  /** Gives money back. */
  | { kind: 'refund' };
