/** `PayDesk.open`: the plugin window in a modal dialog. */

import type { PaymentMethod } from '#contract';
import type { DeskStatus } from '../../events.ts';
import { createModal, lockScroll } from './modal.ts';
import type { FrameOptions } from './plugin-frame.ts';
import { createPluginFrame } from './plugin-frame.ts';
import { wordsOf } from './words.ts';

export type OpenOptions = FrameOptions & {
  /** Closes the dialog from the page. */
  signal?: AbortSignal;
};

/** As long as a slow network may take; then the customer is told that nothing came. */
const patience = 20_000;

/**
 * Resolves when the dialog is closed: by its button, by Escape, by the ground beside it, from within or by `signal`. Nothing is asked
 * while the outcome is open: the payment goes on at the BFF, and the result says `processing`.
 * @throws Error when the window is another BFF's.
 */
export function openWindow(origin: string, options: OpenOptions): Promise<PaymentResult> {
  const { locale, theme, signal } = options;
  const words = wordsOf(locale);
  const frame = createPluginFrame(origin, options, () => modal.close());
  const modal = createModal(frame.iframe, words, theme);
  const unlock = lockScroll();

  const waiting = setTimeout(modal.tellMissing, patience);
  const arrived = () => {
    clearTimeout(waiting);
    modal.arrived();
  };
  frame.iframe.addEventListener('pay-resize', arrived, { once: true });
  modal.show();
  if (signal?.aborted) modal.close();
  signal?.addEventListener('abort', modal.close);

  return modal.closed.then(() => {
    clearTimeout(waiting);
    signal?.removeEventListener('abort', modal.close);
    frame.remove();
    unlock();
    return frame.result;
  });
}

/** The last a page knew of a payment. A hint, as every event is: what counts is the webhook. */
export interface PaymentResult {
  /** `processing`, for instance, where the customer closed the window while the outcome was being found out. */
  status: DeskStatus;
  method: PaymentMethod | null;
  /** Null, like all below, where the payment was never shown. */
  paymentId: string | null;
  orderId: string | null;
  /** Minor units of `currency`. */
  amount: number | null;
  amountPaid: number | null;
  /** ISO 4217. */
  currency: string | null;
  /** The money came after the payment was canceled or had expired. */
  late: boolean;
  /** Where the customer wants to go who left the dialog by "back to the shop": the address that the payment was given for this. */
  returnUrl: string | null;
}
