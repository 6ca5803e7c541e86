/** `window.PayDesk`, the public interface of the script tag, and how it is read. */
import type { MountOptions } from './mount-element.ts';
import type { FrameOptions, OpenOptions, PaymentResult, PluginFrame } from './window/index.ts';

/** The public interface `window.PayDesk`. */
export interface PayDeskGlobal {
  /** The release this script belongs to, e.g. `1.2.3`. */
  readonly version: string;
  /**
   * Resolves when the code of the element has loaded. Rejects if it did not; then each `<pay-desk>` shows its `fallback` slot.
   */
  readonly ready: Promise<unknown>;
  /**
   * Replaces the content of `target` (an element or a selector) by a `<pay-desk>` and returns it at once, so that the page can
   * add listeners before the code of the element has loaded.
   * @throws Error when nothing matches the selector.
   */
  mount(target: Element | string, options: MountOptions): HTMLElement;
  /**
   * Shows the plugin window in a modal dialog. Resolves when it is closed, with the last known state of the payment. Until then
   * the events of `<pay-desk>` bubble through the document.
   * @throws Error when the plugin window is not served by the BFF this script came from.
   */
  open(options: OpenOptions): Promise<PaymentResult>;
  /**
   * Puts the plugin window into `target` (an element or a selector) as a frame that is as high as its content. The frame fires
   * the events of `<pay-desk>`.
   * @throws Error as `mount` and `open` do.
   */
  frame(target: Element | string, options: FrameOptions): Promise<PluginFrame>;
  /** Another release was loaded too, and the console has warned about it. */
  clash?: boolean;
}

declare global {
  interface Window {
    PayDesk?: PayDeskGlobal;
  }
}

/**
 * `window.PayDesk` if it is ours. `<div id="PayDesk">` would put an element there, which is not the window's own property. Not by
 * `Object.hasOwn`: the script must run where that is missing, to show the fallbacks there.
 */
export function ownGlobal(): PayDeskGlobal | undefined {
  const found: Window['PayDesk'] = Object.getOwnPropertyDescriptor(window, 'PayDesk')?.value;
  return typeof found?.mount === 'function' && typeof found.version === 'string' ? found : undefined;
}
