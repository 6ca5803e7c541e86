/** What a script tag does: provides `window.PayDesk`, and mounts a `<pay-desk>` if the tag's own `data-*` attributes say so. */
import { ofDocument, whenParsed } from '../browser.ts';
import { type MountOptions, mountElement } from './mount-element.ts';
import { addressOf } from './own-script.ts';
import { ownGlobal, type PayDeskGlobal } from './pay-desk-global.ts';
import { showFallbacks } from './show-fallbacks.ts';

/** How code is fetched that is not in the script itself. */
export interface PayDeskCode {
  element(): Promise<unknown>;
  window(): Promise<typeof import('./window/index.ts')>;
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
  const giveBack = reserveRoom();
  const ready = code.element().catch(async (cause) => {
    // An element may come after this script in the document.
    await new Promise<void>(whenParsed);
    giveBack();
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

/**
 * A checkout whose code is on its way has the height of the first screen already, or the page below would jump. Older browsers cannot
 * adopt a style sheet, and there the page jumps.
 * @returns Gives the room back.
 */
function reserveRoom(): () => void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('pay-desk:not(:defined){display:block;min-block-size:430px}');
    ofDocument('adoptedStyleSheets').push(sheet);
    return () => sheet.replaceSync('');
  } catch {
    return () => {};
  }
}

/** Without `data-target` the checkout is shown where the script tag is; for a tag in the head, at the end of the body. */
function containerFor(tag: HTMLScriptElement): Element {
  const container = ofDocument('createElement')('div');
  const body = ofDocument('body');
  if (body.contains(tag)) tag.after(container);
  else body.append(container);
  return container;
}
