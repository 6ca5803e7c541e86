/** Shows the merchant's `fallback` slot of each `<pay-desk>` where the code of the element did not load. */
import { ofDocument, whenParsed } from '../browser.ts';

/** The script cannot know which server it came from. A guessed server would get the client secret, so no server is asked. */
export function reportUnknownOrigin(): void {
  console.error('Pay Desk cannot find its own <script src="…/pay-desk.js">, which names its server.');
  whenParsed(() => showFallbacks(document));
}

/** Every `<pay-desk>` without code, also in open shadow roots, fires `pay-load-error` and shows only its `fallback` slot. */
export function showFallbacks(root: ParentNode): void {
  const all = root === document ? ofDocument('querySelectorAll') : root.querySelectorAll.bind(root);
  for (const element of all<HTMLElement>('*')) {
    // An element that has its code, or shows its fallback already, has a shadow root.
    if (element.shadowRoot) showFallbacks(element.shadowRoot);
    else if (element.localName === 'pay-desk') showFallback(element);
  }
}

export function showFallback(element: HTMLElement): void {
  const slot = ofDocument('createElement')('slot');
  slot.name = 'fallback';
  // Seen where the page has put nothing into the slot. In English, because every other language would have to be loaded.
  slot.textContent = 'Payment cannot be shown. Reload, or try another browser.';
  // Without a shadow root the content of all slots would be visible, also the texts for success.
  element.attachShadow({ mode: 'open' }).append(slot);
  // Pages hide the fallback until it is needed.
  for (const child of element.children) if (child.slot === 'fallback') (child as HTMLElement).hidden = false;
  element.dataset.status = 'load_error';
  const problem = { code: 'provider_unavailable', reference: '' };
  element.dispatchEvent(Object.assign(new Event('pay-load-error', { bubbles: true, composed: true }), { problem }));
}
