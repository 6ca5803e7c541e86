/** Whether the address of the plugin window says more than whose it is and how it looks: then it is a signed link, whole or broken. */
export const isLink = (search: string): boolean =>
  [...new URLSearchParams(search).keys()].some((name) => !own.has(name) && !/^\d*$/.test(name));

const own: ReadonlySet<string> = new Set(['merchant', 'lang', 'theme']);
