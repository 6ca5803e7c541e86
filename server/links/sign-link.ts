/**
 * The signature of a link: base64url of HMAC-SHA256 over `pay-desk-link-v1`, a line feed, and every parameter but `lang`,
 * `theme` and the signature itself, sorted by name, encoded by RFC 3986, joined by `&`.
 */
import { createHmac } from 'node:crypto';
import type { Parameters } from './read-link.ts';

/** The customer may change these two: they move no money. */
const unsigned: ReadonlySet<string> = new Set(['lang', 'theme', 'signature']);

/** @returns 43 signs. */
export function signLink(parameters: Parameters, key: string): string {
  const signed = [...parameters]
    .filter(([name]) => !unsigned.has(name))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return createHmac('sha256', key)
    .update(`pay-desk-link-v1\n${signed.join('&')}`)
    .digest('base64url');
}

/** `encodeURIComponent` leaves five signs as they are that RFC 3986 reserves. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
