/** What became of an attempt, in the words every method shares. */
import type { NextAction, WaitReason } from '#contract';
import type { EvidenceRecord, Refusal } from './records.ts';

export type Money = Pick<EvidenceRecord, 'upstream' | 'upstreamId' | 'amount' | 'currency'>;

export type Outcome =
  /** An upstream says that it took this money. */
  | { kind: 'paid'; evidence: Money }
  /** Proven: no money was taken. */
  | { kind: 'refused'; refusal: Refusal }
  /**
   * Not paid by what was sent, and the customer may correct it where they are. `watched`: upstream may still find it, so it
   * stays claimed; otherwise it is proven that it never will.
   */
  | { kind: 'asked'; refusal: Refusal; watched: boolean }
  /** Nothing is paid yet: the same attempt goes on when the customer has done this. `problem`: why it is asked again. */
  | { kind: 'next'; action: NextAction; problem: Refusal | null }
  /** Upstream has it, says so, and will tell. */
  | { kind: 'waiting'; reason: WaitReason }
  /** Neither is proven; look again later. */
  | { kind: 'unknown' }
  /** Only a person can tell. `why` is for the operator; the money, where there is some, is kept for the decision. */
  | { kind: 'review'; why: string; evidence?: Money };

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
