/** Makes a `<pay-desk>` and puts it on the page. It works before the element is defined: it takes up what waits for it. */
import type { Translations } from '../messages/language.ts';
import { ofDocument } from '../session/of-document.ts';
import { showFallback } from './show-fallbacks.ts';

export interface MountOptions {
  /** The payment's bearer, from the merchant's server. */
  clientSecret?: string;
  /** Asked for the client secret where there is none, and once more when it no longer opens the payment. */
  fetchClientSecret?: () => Promise<string>;
  /** Origin of the BFF; default: the origin the script came from. */
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
  /** The merchant's own words, per language. */
  translations?: Translations;
  /** Custom properties by their public names, e.g. `{'--pay-color-accent': '#0b57d0'}`. */
  tokens?: Record<`--pay-${string}`, string>;
}

/** A closed list: a page that hands its own query on must not set `innerHTML` by it. */
const properties =
  'clientSecret fetchClientSecret apiBase locale theme methods method walletType noSubmitButton disabled translations'.split(
    ' ',
  ) as (keyof MountOptions)[];

/**
 * @param target An element or a selector; what it holds is a placeholder, and comes back should the element's code not load.
 * @param loaded Settles with the element's code. When it fails the element has fired `pay-load-error`, as it would itself.
 * @throws Error when nothing matches the selector.
 */
export function mountElement(target: Element | string, options: MountOptions, loaded: Promise<unknown>): HTMLElement {
  const place = typeof target === 'string' ? ofDocument('querySelector')(target) : target;
  if (!place) throw new Error(`PayDesk: nothing matches ${target}`);
  const element = ofDocument('createElement')('pay-desk');
  // The element takes them up when its code comes. No attributes: the secret need not stand in the document.
  for (const name of properties) {
    // Own fields only: a page may have been made to give every object more of them.
    if (Object.hasOwn(options, name) && options[name] != null) Object.assign(element, { [name]: options[name] });
  }
  for (const [name, value] of Object.entries((Object.hasOwn(options, 'tokens') && options.tokens) || {}))
    element.style.setProperty(name, value);
  const placeholder = [...place.childNodes];
  place.replaceChildren(element);
  loaded.catch(() => {
    if (!element.shadowRoot) showFallback(element);
    place.replaceChildren(...placeholder);
  });
  return element;
}
