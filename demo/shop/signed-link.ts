/** Signs a link to the plugin window, as a merchant would: by server/links/README.md, without code of Pay Desk. */
import { createHmac } from 'node:crypto';

/** Faults of a link, for QA: each must lead to a clear page and to no payment. */
export const linkFaults = {
  none: 'nothing',
  amount: 'the amount was changed afterwards',
  expired: 'it has run out',
  twice: 'it has a parameter twice',
  cut: 'its end is cut off',
} as const;
export type LinkFault = keyof typeof linkFaults;

export const isLinkFault = (name: string): name is LinkFault => Object.hasOwn(linkFaults, name);

/** Spoils a signed link. `expired` changes nothing here: such a link is signed with an expiry in the past. */
export function spoilLink({ href }: URL, fault: LinkFault): string {
  if (fault === 'amount') return href.replace(/fixed_amount=\d+/, 'fixed_amount=1');
  if (fault === 'twice') return `${href}&fixed_amount=1`;
  return fault === 'cut' ? href.slice(0, -5) : href;
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
