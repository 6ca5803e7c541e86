/** Types a code for the tester: finds the field wherever it is, through open shadow roots. */

/** @returns False where there is no field to type into: the payment is over, or the checkout is another origin's frame. */
export function fillCode(root: Document, code: string): boolean {
  const field = findField(root);
  if (!field) return false;
  field.value = code;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  field.focus();
  return true;
}

function findField(root: Document | ShadowRoot | Element): HTMLInputElement | null {
  for (const element of root.querySelectorAll('*')) {
    // Elements of a frame are instances of that frame's classes, not of ours.
    if (element.localName === 'input' && (element as HTMLInputElement).type === 'text') return element as HTMLInputElement;
    const inside = element.shadowRoot && findField(element.shadowRoot);
    if (inside) return inside;
  }
  return null;
}
