/** What a customer sees where the element's code did not come: the merchant's own words in the `fallback` slot. */
import { ofDocument } from '../session/of-document.ts';
import { whenParsed } from './when-parsed.ts';

/** The script does not know which server it is of. Asking a guessed one would hand it the customer's payment, so nobody is asked. */
export function tellUnknownOrigin(): void {
  console.error('Pay Desk: pay-desk.js cannot find its own <script src="…/pay-desk.js">, so it does not know its server.');
  whenParsed(() => showFallbacks(document));
}

/** Every `<pay-desk>` that still waits, in open shadow roots too, fires `pay-load-error` and shows its `fallback` slot alone. */
export function showFallbacks(root: ParentNode): void {
  const all = root === document ? ofDocument('querySelectorAll') : root.querySelectorAll.bind(root);
  for (const element of all<HTMLElement>('*')) {
    // One that has its code, or has been told already, has a shadow root.
    if (element.shadowRoot) showFallbacks(element.shadowRoot);
    else if (element.localName === 'pay-desk') showFallback(element);
  }
}

export function showFallback(element: HTMLElement): void {
  const slot = ofDocument('createElement')('slot');
  slot.name = 'fallback';
  // Without a shadow root all the slots would be shown at once, the words for success too.
  element.attachShadow({ mode: 'open' }).append(slot);
  // Pages hide it until it is needed.
  for (const child of element.children) if (child.slot === 'fallback') (child as HTMLElement).hidden = false;
  element.dataset.status = 'load_error';
  const problem = { code: 'provider_unavailable', ref: '' };
  element.dispatchEvent(Object.assign(new Event('pay-load-error', { bubbles: true, composed: true }), { problem }));
}
