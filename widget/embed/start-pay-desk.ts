/** What a script tag does: provides `window.PayDesk`, and mounts a `<pay-desk>` if the tag's own `data-*` attributes say so. */
import { ofDocument } from '../browser.ts';
import { type MountOptions, mountElement } from './mount-element.ts';
import { ownGlobal } from './own-global.ts';
import { addressOf } from './own-script.ts';
import { showFallbacks } from './show-fallbacks.ts';
import { whenParsed } from './when-parsed.ts';
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

/** How code is fetched that is not in the script itself. */
export interface PayDeskCode {
  element(): Promise<unknown>;
  window(): Promise<typeof import('./window/index.ts')>;
}

declare global {
  interface Window {
    PayDesk?: PayDeskGlobal;
  }
}

declare const PAY_DESK_VERSION: string;

export function startPayDesk(script: HTMLScriptElement, code: PayDeskCode): void {
  const { origin } = new URL(addressOf(script));
  const payDesk = ownGlobal() ?? create(origin, code);
  window.PayDesk = payDesk;
  if (payDesk.version !== PAY_DESK_VERSION && !payDesk.clash) {
    payDesk.clash = true;
    console.warn(`Pay Desk ${payDesk.version} stays: ${PAY_DESK_VERSION} came second.`);
  }
  const { target, ...options }: MountOptions & { target?: string } = Object.assign(
    // Without a prototype, so that only the tag's own attributes are options. The element copes with values it does not know.
    Object.create(null),
    { apiBase: origin },
    script.dataset,
  );
  if (target || options.clientSecret) whenParsed(() => payDesk.mount(target || containerFor(script), options));
}

function create(origin: string, code: PayDeskCode): PayDeskGlobal {
  const ready = code.element().catch(async (cause) => {
    // An element may come after this script in the document.
    await new Promise<void>(whenParsed);
    showFallbacks(document);
    throw cause;
  });
  return {
    version: PAY_DESK_VERSION,
    ready,
    mount: (target, options) => mountElement(target, { apiBase: origin, ...options }, ready),
    open: async (options) => (await code.window()).openWindow(origin, options),
    frame: async (target, options) => (await code.window()).mountFrame(origin, target, options),
  };
}

/** Without `data-target` the checkout is shown where the script tag is; for a tag in the head, at the end of the body. */
function containerFor(tag: HTMLScriptElement): Element {
  const container = ofDocument('createElement')('div');
  const body = ofDocument('body');
  if (body.contains(tag)) tag.after(container);
  else body.append(container);
  return container;
}
