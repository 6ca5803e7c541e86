/** `?lang=` and `?theme=` of the plugin window. */

export interface PageOptions {
  /** BCP 47, or undefined: the customer's browser decides. */
  locale: string | undefined;
  theme: 'auto' | 'light' | 'dark';
}

/** Strangers write this address: what is not a language tag or a theme is as good as absent. */
export function readPageOptions(search: string): PageOptions {
  const query = new URLSearchParams(search);
  const lang = query.get('lang') ?? '';
  const theme = query.get('theme');
  return {
    locale: /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(lang) ? lang : undefined,
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
  };
}
