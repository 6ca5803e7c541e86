/** What a customer sees where the element's code did not come: the merchant's own words in the `fallback` slot. */
import { tellLoadError } from './tell-load-error.ts';

/** Every `<pay-desk>` that still waits, in open shadow roots too, fires `pay-load-error` and shows its `fallback` slot alone. */
export function showFallbacks(root: Document | ShadowRoot): void {
  for (const element of root.querySelectorAll('*')) {
    if (element.localName === 'pay-desk' && !element.matches(':defined')) showFallback(element as HTMLElement);
    else if (element.shadowRoot) showFallbacks(element.shadowRoot);
  }
}

function showFallback(element: HTMLElement): void {
  // Without a shadow root all the slots would be shown at once, the words for success too.
  const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
  const slot = document.createElement('slot');
  slot.name = 'fallback';
  root.replaceChildren(slot);
  // Pages hide it until it is needed.
  for (const child of element.querySelectorAll<HTMLElement>(':scope > [slot="fallback"]')) child.hidden = false;
  element.dataset.status = 'load_error';
  tellLoadError(element);
}
