/** Waits for the document: an `async` script may run before the element it looks for has been parsed. */
import { ofDocument } from '../browser.ts';

export function whenParsed(call: () => void): void {
  if (ofDocument('readyState') === 'loading') ofDocument('addEventListener')('DOMContentLoaded', call);
  else call();
}
