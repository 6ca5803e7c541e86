/**
 * The script tag, `/v1/pay-desk.js`: a small classic script that fetches the element beside it, offers `window.PayDesk` and
 * mounts a `<pay-desk>` where its own `data-*` attributes ask for one.
 */
import { type MountOptions, mountElement } from './mount-element.ts';
import { whenParsed } from './when-parsed.ts';

/** What a page finds as `window.PayDesk`. */
export interface PayDeskGlobal {
  /** The release this script belongs to, e.g. `1.2.3`. */
  readonly version: string;
  /**
   * Puts a `<pay-desk>` into `target` (an element or a selector) instead of what it holds, and returns it at once: events may
   * be listened to before the element's code has come.
   * @throws Error when nothing matches the selector.
   */
  mount(target: Element | string, options: MountOptions): HTMLElement;
}

declare global {
  interface Window {
    PayDesk?: PayDeskGlobal;
  }
}

declare const PAY_DESK_VERSION: string;

const script = document.currentScript;
if (!(script instanceof HTMLScriptElement) || !script.src)
  throw new Error('pay-desk.js has to be loaded by <script src="…/v1/pay-desk.js">');

const origin = new URL(script.src).origin;
/** The build writes the name of the chunk here: the element must not be bundled into this file, and a classic script may not import. */
const loaded: Promise<unknown> = import(/* @vite-ignore */ new URL('%widget-chunk%', script.src).href);

const mount: PayDeskGlobal['mount'] = (target, options) => mountElement(target, { apiBase: origin, ...options }, loaded);

window.PayDesk ??= { version: PAY_DESK_VERSION, mount };

// The element itself makes the best of a value it does not know.
const { target, ...options }: MountOptions & { target?: string } = script.dataset;
if (target || options.clientSecret) whenParsed(() => mount(target || placeFor(script), options));

/** Without `data-target` the checkout stands where the script tag stands; a tag in the head has no such place. */
function placeFor(tag: HTMLScriptElement): Element {
  const place = document.createElement('div');
  if (tag.isConnected && !document.head.contains(tag)) tag.after(place);
  else document.body.append(place);
  return place;
}
