/**
 * The client secret of a plugin window: it comes in the fragment, moves to sessionStorage and leaves the address, so that
 * neither the history nor a copied address holds it. A reload finds it again.
 *
 * Two frames of one shop share this origin's storage. Each therefore keeps its secret under a name of its own, which lies in
 * the state of its history entry.
 *
 * @param page The window; a stand-in in tests.
 * @returns Null when the address has none and none was kept.
 */
export function takeClientSecret(page: Pick<Window, 'location' | 'history' | 'sessionStorage'>): string | null {
  const arrived = page.location.hash.slice(1);
  try {
    if (!arrived) return page.sessionStorage.getItem(keptName(page.history.state));
    const name = newName();
    page.sessionStorage.setItem(name, arrived);
    page.history.replaceState({ ...page.history.state, payDesk: name }, '', page.location.pathname + page.location.search);
    return arrived;
  } catch {
    // A browser that blocks storage in frames throws here: the fragment stays, or a reload would lose the payment.
    return arrived || null;
  }
}

const newName = () => `pay-desk:${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;

const keptName = (state: unknown): string =>
  typeof state === 'object' && state !== null && 'payDesk' in state ? String(state.payDesk) : '';

/** `?lang=` and `?theme=` of the plugin window. Those of a signed link lie in the state of its history entry, once it is opened. */

export interface PageOptions {
  /** BCP 47, or undefined: the customer's browser decides. */
  locale: string | undefined;
  theme: 'auto' | 'light' | 'dark';
}

/** Strangers write this address: what is not a language tag or a theme is as good as absent. */
export function readPageOptions({ location, history }: Pick<Window, 'location' | 'history'>): PageOptions {
  const { payDeskLook: kept } = Object(history.state) as { payDeskLook?: unknown };
  const query = new URLSearchParams(typeof kept === 'string' ? kept : location.search);
  const lang = query.get('lang') ?? '';
  const theme = query.get('theme');
  return {
    locale: /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(lang) ? lang : undefined,
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
  };
}

/** Whether the address of the plugin window says more than whose it is and how it looks: then it is a signed link, whole or broken. */
export const isLink = (search: string): boolean =>
  [...new URLSearchParams(search).keys()].some((name) => !own.has(name) && !/^\d*$/.test(name));

const own: ReadonlySet<string> = new Set(['merchant', 'lang', 'theme']);
