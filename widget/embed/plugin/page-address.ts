/** Reads the address of a plugin window: the client secret in its fragment, its options, and whether it is a signed link. */

/**
 * The client secret is the `cs_…` of the fragment and nothing else: Telegram and mailings append to whatever address they carry.
 */
export const secretIn = (fragment: string): string | null => /^#(cs_[\w-]+)/.exec(fragment)?.[1] ?? null;

/**
 * Takes the client secret out of the fragment and moves it to sessionStorage, so that neither the history nor a copied address
 * holds it. A reload finds it again. Two frames of one shop share this origin's storage, so each keeps its secret under a name of
 * its own, which is stored in the state of its history entry.
 * @param page The window; a substitute in tests.
 * @returns Null when the address has none and none was stored.
 */
export function takeClientSecret(page: Pick<Window, 'location' | 'history' | 'sessionStorage'>): string | null {
  const arrived = secretIn(page.location.hash);
  try {
    if (!arrived) return page.sessionStorage.getItem(storedName(page.history.state));
    const name = newName();
    page.sessionStorage.setItem(name, arrived);
    page.history.replaceState({ ...page.history.state, payDesk: name }, '', page.location.pathname + page.location.search);
    return arrived;
  } catch {
    // A browser that blocks storage in frames throws here. The fragment stays, otherwise a reload would lose the payment.
    return arrived;
  }
}

const newName = () => `pay-desk:${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;

const storedName = (state: unknown): string => String((Object(state) as { payDesk?: unknown }).payDesk ?? '');

export interface PageOptions {
  /** BCP 47, or undefined: the customer's browser decides. */
  locale: string | undefined;
  theme: 'auto' | 'light' | 'dark';
}

/**
 * Reads `?lang=` and `?theme=`; those of a signed link are in the state of its history entry once it has been opened. Anybody can
 * write this address, so a value that is no language tag or theme is ignored.
 */
export function readPageOptions({ location, history }: Pick<Window, 'location' | 'history'>): PageOptions {
  const { payDeskLook: stored } = Object(history.state) as { payDeskLook?: unknown };
  const query = new URLSearchParams(typeof stored === 'string' ? stored : location.search);
  const lang = (query.get('lang') ?? '').replaceAll('_', '-');
  const theme = query.get('theme');
  return {
    locale: /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(lang) ? lang : undefined,
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
  };
}

/** A signed link, complete or broken. Whatever carried the address here may have appended other names. */
export const isLink = (search: string): boolean => /[?&](kid|label|signature)=/.test(search);
