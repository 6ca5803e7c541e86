/** Signs a link to the plugin window, as any merchant would: the lines of server/links/README.md, with no code of Pay Desk. */
import { createHmac } from 'node:crypto';

/** What may be wrong with a link, for QA: each must end in a clear page and no payment. */

export const linkMishaps = {
  none: 'nothing',
  amount: 'the amount was changed afterwards',
  expired: 'it has run out',
  unknown: 'it has an unknown parameter',
  twice: 'it has a parameter twice',
  cut: 'its end is cut off',
} as const;
export type LinkMishap = keyof typeof linkMishaps;

export const isLinkMishap = (name: string): name is LinkMishap => Object.hasOwn(linkMishaps, name);

/** Spoils a link that was signed. `expired` is no change to a link, but one signed with a moment that has passed. */
export function spoilLink({ href }: URL, mishap: LinkMishap): string {
  if (mishap === 'amount') return href.replace(/fixed_amount=\d+/, 'fixed_amount=1');
  if (mishap === 'unknown') return `${href}&discount=100`;
  if (mishap === 'twice') return `${href}&fixed_amount=1`;
  return mishap === 'cut' ? href.slice(0, -5) : href;
}

/** @param origin Of Pay Desk. @param key The merchant's link key. @param parameters All but the signature. */
export function linkUrl(origin: string, key: string, parameters: Record<string, string>): URL {
  const signed = Object.entries(parameters)
    .filter(([name]) => name !== 'lang' && name !== 'theme')
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${encode(value)}`)
    .join('&');
  const signature = createHmac('sha256', key).update(`pay-desk-link-v1\n${signed}`).digest('base64url');
  const url = new URL('/plugin/', origin);
  url.search = new URLSearchParams({ ...parameters, signature }).toString();
  return url;
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
