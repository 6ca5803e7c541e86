/**
 * Creates a `<pay-desk>` and puts it on the page. It works before the element is defined: properties that were set are then taken
 * over.
 */

import { ofDocument } from '../browser.ts';
import type { Translations } from '../messages/language.ts';
import type {} from '../session/bff-client.ts';
import { showFallback } from './show-fallbacks.ts';

export interface MountOptions {
  /** The bearer secret of the payment, from the merchant's server. */
  clientSecret?: string;
  /** Called for the client secret where there is none, and once more when the BFF refuses the one that it returned. */
  fetchClientSecret?: () => Promise<string>;
  /** Origin of the BFF. Default: the origin the script came from. */
  apiBase?: string;
  /** BCP 47. */
  locale?: string;
  theme?: 'auto' | 'light' | 'dark';
  /** Subset and order of the methods, separated by spaces. */
  methods?: string;
  /** The method chosen at first. */
  method?: string;
  /** E.g. `wavepay`: the wallet chosen at first. */
  walletType?: string;
  /** The page has its own button and calls `submit()`. */
  noSubmitButton?: boolean;
  /** Nothing can be entered or sent. */
  disabled?: boolean;
  /** The merchant's own texts, per language. */
  translations?: Translations;
  /** Custom properties by their public names, e.g. `{'--pay-color-accent': '#0b57d0'}`. */
  tokens?: Record<`--pay-${string}`, string>;
}

/** A closed list, so that a page that passes its own query on cannot set `innerHTML`. */
const properties =
  'clientSecret fetchClientSecret apiBase locale theme methods method walletType noSubmitButton disabled translations'.split(
    ' ',
  ) as (keyof MountOptions)[];

/**
 * @param target An element or a selector. Its content is a placeholder, which is restored if the code of the element does not
 * load. If there is none, a sentence is shown then.
 * @param loaded Settles when the code of the element has loaded or failed. If it fails, the element fires `pay-load-error`.
 * @throws Error when nothing matches the selector.
 */
export function mountElement(target: Element | string, options: MountOptions, loaded: Promise<unknown>): HTMLElement {
  const container = typeof target === 'string' ? ofDocument('querySelector')(target) : target;
  if (!container) throw new Error(`PayDesk: nothing matches ${target}`);
  const element = ofDocument('createElement')('pay-desk');
  // Properties and no attributes, so that the secret does not stand in the document.
  // Own fields only: another script may have added fields to every object.
  const own: MountOptions = Object.assign(Object.create(null), options);
  for (const name of properties) if (own[name] != null) Object.assign(element, { [name]: own[name] });
  for (const [name, value] of Object.entries(own.tokens || {})) element.style.setProperty(name, value);
  readEarly(own);
  const placeholder = [...container.childNodes];
  container.replaceChildren(element);
  loaded.catch(() => {
    if (!element.shadowRoot) showFallback(element);
    // Where the page has kept nothing there, the words of the fallback stay.
    if (placeholder.length) container.replaceChildren(...placeholder);
  });
  return element;
}

/** Begins to read the payment while the code of the element is on its way. Only the first payment of a page is read early. */
function readEarly({ apiBase, clientSecret }: MountOptions): void {
  if (!apiBase || !clientSecret || customElements.get('pay-desk') || 'payDeskEarlyRead' in window) return;
  const abort = new AbortController();
  const read = async () =>
    fetch(`${apiBase.replace(/\/$/, '')}/checkout`, {
      headers: { authorization: `Bearer ${clientSecret}` },
      signal: abort.signal,
    });
  const answer = read();
  answer.catch(() => {}); // Whoever takes it is told.
  window.payDeskEarlyRead = { secret: clientSecret, at: performance.now(), answer, abort };
}
