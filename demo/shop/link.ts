/** Signs a link to the plugin window, as any merchant would: the lines of server/links/README.md, with no code of Pay Desk. */
import { createHmac } from 'node:crypto';

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
