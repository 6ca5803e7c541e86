/** Makes a `<pay-desk>` and puts it on the page. It works before the element is defined: everything travels by attributes. */

export interface MountOptions {
  /** The payment's bearer, from the merchant's server. */
  clientSecret?: string;
  /** Origin of the BFF; default: the origin the script came from. */
  apiBase?: string;
  /** BCP 47. */
  locale?: string;
  theme?: 'auto' | 'light' | 'dark';
  /** Subset and order of the methods, separated by spaces. */
  methods?: string;
  /** The method chosen at first. */
  method?: string;
}

const attributes = {
  clientSecret: 'client-secret',
  apiBase: 'api-base',
  locale: 'locale',
  theme: 'theme',
  methods: 'methods',
  method: 'method',
} as const satisfies Record<keyof MountOptions, string>;

/**
 * @param target An element or a selector; what it holds is a placeholder, and comes back should the element's code not load.
 * @param loaded Settles with the element's code. When it fails the element fires `pay-load-error`, as it would itself.
 * @throws Error when nothing matches the selector.
 */
export function mountElement(target: Element | string, options: MountOptions, loaded: Promise<unknown>): HTMLElement {
  const place = typeof target === 'string' ? document.querySelector(target) : target;
  if (!place) throw new Error(`PayDesk.mount: nothing on this page matches ${JSON.stringify(target)}`);
  const element = document.createElement('pay-desk');
  for (const name of Object.keys(attributes) as (keyof MountOptions)[]) {
    const value = options[name];
    if (value) element.setAttribute(attributes[name], value);
  }
  const placeholder = [...place.childNodes];
  place.replaceChildren(element);
  loaded.catch(() => {
    element.dispatchEvent(loadError());
    place.replaceChildren(...placeholder);
  });
  return element;
}

/** The class of this event is in the code that did not come. */
const loadError = () =>
  Object.assign(new Event('pay-load-error', { bubbles: true, composed: true }), {
    problem: { code: 'provider_unavailable', ref: '' },
  });
