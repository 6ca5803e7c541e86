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
