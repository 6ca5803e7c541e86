import { ofDocument } from '../session/of-document.ts';

/** Runs `act` as soon as the document is parsed: an `async` script may come before the element it aims at. */
export function whenParsed(act: () => void): void {
  if (ofDocument('readyState') === 'loading') ofDocument('addEventListener')('DOMContentLoaded', act);
  else act();
}
