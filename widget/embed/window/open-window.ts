/** `PayDesk.open()`: the plugin window in a modal dialog. */
import { createModal, lockScroll } from './modal.ts';
import { createPluginFrame, type FrameOptions, type PaymentResult } from './plugin-frame.ts';
import { windowMessages } from './window-messages.ts';

export type OpenOptions = FrameOptions & {
  /** Closes the dialog from the page. */
  signal?: AbortSignal;
};

/** So long a slow network may take. Then the dialog says that the window did not load. */
const loadTimeoutMs = 20_000;

/**
 * Resolves when the dialog is closed: by its button, by Escape, by a click on the backdrop, from within, or by `signal`. Closing
 * needs no confirmation while the outcome is open: the payment goes on at the BFF, and the result says `processing`.
 * @throws Error when the window belongs to another BFF.
 */
export function openWindow(origin: string, options: OpenOptions): Promise<PaymentResult> {
  const { locale, theme, signal } = options;
  const messages = windowMessages(locale);
  const frame = createPluginFrame(origin, options, () => modal.close());
  const modal = createModal(frame.iframe, messages, theme);
  const unlock = lockScroll();

  const loadTimer = setTimeout(modal.showMissing, loadTimeoutMs);
  const onLoaded = () => {
    clearTimeout(loadTimer);
    modal.hideNote();
  };
  frame.iframe.addEventListener('pay-resize', onLoaded, { once: true });
  modal.show();
  if (signal?.aborted) modal.close();
  signal?.addEventListener('abort', modal.close);

  return modal.closed.then(() => {
    clearTimeout(loadTimer);
    signal?.removeEventListener('abort', modal.close);
    frame.remove();
    unlock();
    return frame.result;
  });
}
