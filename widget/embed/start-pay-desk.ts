/** What a script tag of Pay Desk does: offers `window.PayDesk`, and mounts a `<pay-desk>` where its own `data-*` ask for one. */

import { ofDocument } from '../session/of-document.ts';
import { type MountOptions, mountElement } from './mount-element.ts';
import { ownGlobal } from './own-global.ts';
import { addressOf } from './own-script.ts';
import { showFallbacks } from './show-fallbacks.ts';
import { whenParsed } from './when-parsed.ts';
import type { FrameOptions, OpenOptions, PaymentResult, PluginFrame } from './window/index.ts';

/** What a page finds as `window.PayDesk`. */
export interface PayDeskGlobal {
  /** The release this script belongs to, e.g. `1.2.3`. */
  readonly version: string;
  /** Settles with the element's code. Where it did not come, each `<pay-desk>` has said so and shows its `fallback` slot; then this rejects. */
  readonly ready: Promise<unknown>;
  /**
   * Puts a `<pay-desk>` into `target` (an element or a selector) instead of what it holds, and returns it at once: events may
   * be listened to before the element's code has come.
   * @throws Error when nothing matches the selector.
   */
  mount(target: Element | string, options: MountOptions): HTMLElement;
  /**
   * Shows the plugin window in a modal dialog. Resolves when it is closed, with the last the payment was known to be; the
   * events of `<pay-desk>` bubble through the document meanwhile.
   * @throws Error when the plugin window is not one of the BFF this script came from.
   */
  open(options: OpenOptions): Promise<PaymentResult>;
  /**
   * Puts the plugin window into `target` (an element or a selector) as a frame that is as high as its content. The frame fires
   * the events of `<pay-desk>`.
   * @throws Error as `mount` and `open` do.
   */
  frame(target: Element | string, options: FrameOptions): Promise<PluginFrame>;
  /** Set when a script of another release has come: one warning is enough. */
  clash?: boolean;
}

/** How the code is fetched that is not in the script itself. */
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
  // The element itself makes the best of a value it does not know.
  const { target, ...options }: MountOptions & { target?: string } = Object.assign(
    // Without a prototype: only what the tag itself says is an option.
    Object.create(null),
    { apiBase: origin },
    script.dataset,
  );
  if (target || options.clientSecret) whenParsed(() => payDesk.mount(target || placeFor(script), options));
}

function create(origin: string, code: PayDeskCode): PayDeskGlobal {
  const ready = code.element().catch(async (cause) => {
    // An element may stand further down in the document than this script.
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

/** Without `data-target` the checkout stands where the script tag stands; a tag in the head has no such place. */
function placeFor(tag: HTMLScriptElement): Element {
  const place = ofDocument('createElement')('div');
  const body = ofDocument('body');
  if (body.contains(tag)) tag.after(place);
  else body.append(place);
  return place;
}
