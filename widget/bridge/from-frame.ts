/** What a frame of ours tells the page around it: states, ids and sums, never a secret, a number or a code. */
import type { PaymentMethod, WaitReason } from '#contract';
import type { DeskStatus } from '../events.ts';
import type { DeskProblem } from '../session/bff-client.ts';

interface Ready {
  v: 1;
  type: 'ready';
  methods: PaymentMethod[];
  test: boolean;
}

interface Resize {
  v: 1;
  type: 'resize';
  height: number;
}

interface Status {
  v: 1;
  type: 'status';
  status: DeskStatus;
  method: PaymentMethod | null;
  action: string | null;
  /** Times are ISO 8601. */
  wait: { reason: WaitReason; since: string } | null;
  /** Sums in minor units of `currency`. */
  payment: {
    paymentId: string;
    orderId: string;
    amount: number;
    amountPaid: number;
    currency: string;
    late: boolean;
  } | null;
}

interface Change {
  v: 1;
  type: 'change';
  method: PaymentMethod;
  complete: boolean;
}

interface Problem {
  v: 1;
  type: 'problem';
  /** The payment cannot be shown, or the last try did not pay. */
  of: 'load' | 'try';
  problem: SentProblem;
}

/** Times are ISO 8601. */
export interface SentProblem {
  code: string;
  ref: string;
  field?: string;
  retryAt?: string;
  at?: string;
}

/** The customer wants to leave the window; to the merchant's address, if by "back to the shop". */
interface Close {
  v: 1;
  type: 'close';
  returnUrl: string | null;
}

/** The card frame: the customer confirmed. It sends nothing until it is told to. */
interface Wish {
  v: 1;
  type: 'wish';
}

/** The card frame: what it was told to submit is answered. */
interface Sent {
  v: 1;
  type: 'sent';
  /** Why it did not pay, if it did not. */
  problem: SentProblem | null;
}

/** The card frame: it has seen a newer payment than before. */
interface Moved {
  v: 1;
  type: 'moved';
  version: number;
}

export type FromFrame = Ready | Resize | Status | Change | Problem | Close | Wish | Sent | Moved;

/** A problem as it crosses the bridge: its code and where it is, without fields that say nothing. */
export const plainProblem = ({ code, ref, field, retryAt, at }: DeskProblem): SentProblem => ({
  code,
  ref,
  ...(field && { field }),
  ...(retryAt && { retryAt }),
  ...(at && { at }),
});
