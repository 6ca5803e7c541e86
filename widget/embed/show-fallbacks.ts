/** What a customer sees where the element's code did not come: the merchant's own words in the `fallback` slot. */

/** Every `<pay-desk>` that still waits, in open shadow roots too, fires `pay-load-error` and shows its `fallback` slot alone. */
export function showFallbacks(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    // One that has its code, or has been told already, has a shadow root.
    if (element.shadowRoot) showFallbacks(element.shadowRoot);
    else if (element.localName === 'pay-desk') showFallback(element);
  }
}

export function showFallback(element: HTMLElement): void {
  const slot = document.createElement('slot');
  slot.name = 'fallback';
  // Without a shadow root all the slots would be shown at once, the words for success too.
  element.attachShadow({ mode: 'open' }).append(slot);
  // Pages hide it until it is needed.
  for (const child of element.children) if (child.slot === 'fallback') (child as HTMLElement).hidden = false;
  element.dataset.status = 'load_error';
  const problem = { code: 'provider_unavailable', ref: '' };
  element.dispatchEvent(Object.assign(new Event('pay-load-error', { bubbles: true, composed: true }), { problem }));
}
