/** The messages from a frame of ours to the page around it: states, ids and amounts, never a secret, a card number or a code. */
import type { DeskProblem, DeskStatus, PaymentMethod, WaitReason } from '#contract';
import type { Unsent } from './channel.ts';

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
  /** Amounts in minor units of `currency`. */
  payment: {
    paymentId: string;
    orderId: string;
    amount: number;
    amountPaid: number;
    currency: string;
    paidLate: boolean;
  } | null;
}

interface Change {
  v: 1;
  type: 'change';
  method: PaymentMethod;
  complete: boolean;
}

/** The form is sending something, or no longer. */
interface Busy {
  v: 1;
  type: 'busy';
  busy: boolean;
}

/** A field got or lost the focus, or the customer pressed Escape; null: in no field. Never what was typed, nor how much. */
interface Field {
  v: 1;
  type: 'field';
  kind: 'focus' | 'blur' | 'escape';
  field: string | null;
}

/** The customer should see this part of the frame now: CSS pixels from its upper edge. */
interface Show {
  v: 1;
  type: 'show';
  top: number;
  bottom: number;
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
  reference: string;
  field?: string;
  retryAt?: string;
  at?: string;
  recoverable?: boolean;
}

/** The customer wants to leave the window. `returnUrl` is set if they used the link back to the shop. */
interface Close {
  v: 1;
  type: 'close';
  returnUrl: string | null;
}

/** From the card frame: the customer confirmed. The frame sends nothing to the BFF until it gets `submit`. */
interface Wish {
  v: 1;
  type: 'wish';
}

/** From the card frame: the answer to `submit`. */
interface Sent {
  v: 1;
  type: 'sent';
  /** Why it did not pay; null if it did, or the outcome is open. */
  problem: SentProblem | null;
}

/** From the card frame: it has a newer view of the payment. */
interface Moved {
  v: 1;
  type: 'moved';
  version: number;
}

export type FromFrame = Ready | Resize | Status | Change | Busy | Field | Show | Problem | Close | Wish | Sent | Moved;

/** A problem as it is sent: without fields that are undefined. */
export const plainProblem = ({ code, reference, field, retryAt, at, recoverable }: DeskProblem): SentProblem => ({
  code,
  reference,
  ...(field && { field }),
  ...(retryAt && { retryAt }),
  ...(at && { at }),
  ...(recoverable !== undefined && { recoverable }),
});

/** Sends which field of a frame has the focus, and Escape: the page around gets no event of the frame. */
export function sendFields(checkout: HTMLElement, send: (message: Unsent<FromFrame>) => void): void {
  for (const kind of ['focus', 'blur', 'escape'] as const)
    checkout.addEventListener(`pay-${kind}`, ({ field }) => send({ type: 'field', kind, field }));
}

/**
 * Sends where the words about a refusal stand: WebKit scrolls no page around a frame of another origin, and they would stay out of sight.
 * @param checkout The element that shows them; null where there is none.
 */
export function sendRefusals(
  around: HTMLElement,
  checkout: () => HTMLElement | null,
  send: (message: Unsent<FromFrame>) => void,
): void {
  around.addEventListener('pay-failure', () =>
    requestAnimationFrame(() => {
      const words = checkout()?.shadowRoot?.querySelector('.error, .looking');
      const box = (words?.closest('.field') ?? words)?.getBoundingClientRect();
      if (box && box.top >= 0) send({ type: 'show', top: Math.round(box.top), bottom: Math.round(box.bottom) });
    }),
  );
}
