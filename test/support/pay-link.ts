/** Signs a link as a merchant would, by the description alone, without sharing code with the server that checks it. */
import { createHmac } from 'node:crypto';

/** @returns The query, without the `?`. */
export function payLinkQuery(key: string, parameters: Record<string, string>): string {
  const names = Object.keys(parameters)
    .filter((name) => name !== 'lang' && name !== 'theme')
    .sort();
  const text = names.map((name) => `${name}=${rfc3986(parameters[name] ?? '')}`).join('&');
  const signature = createHmac('sha256', key).update(`pay-desk-link-v1\n${text}`).digest('base64url');
  return new URLSearchParams({ ...parameters, signature }).toString();
}

const rfc3986 = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) => {
      const sign = String.fromCharCode(byte);
      return /[A-Za-z0-9._~-]/.test(sign) ? sign : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
