/**
 * Calls when the customer may be back: tab shown or hidden, online again, page restored from the back-forward cache; and `onFocus` when
 * the window has the focus again. Returns the end of it.
 */
import { ofDocument } from './session/of-document.ts';

export function whenBack(call: () => void, onFocus: () => void): () => void {
  const until = new AbortController();
  const { signal } = until;
  ofDocument('addEventListener')('visibilitychange', call, { signal });
  for (const name of ['online', 'pageshow']) addEventListener(name, call, { signal });
  addEventListener('focus', onFocus, { signal });
  return () => until.abort();
}
