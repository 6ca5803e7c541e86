/** Whether a link is its merchant's word, and still stands. Nothing of it is believed before. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Merchant } from '../payments/model/ports.ts';
import { ProblemError } from '../payments/model/problem-error.ts';
import type { LinkParameters } from './read-link.ts';

/**
 * @param now Milliseconds since 1970.
 * @returns The merchant who signed it.
 * @throws ProblemError `unauthorized` for a signature that is missing, or not this merchant's and key's over these parameters;
 * `payment_expired` once `exp` has come.
 */
export function verifyLink(merchants: ReadonlyMap<string, LinkMerchant>, parameters: LinkParameters, now: number): LinkMerchant {
  const signature = parameters.get('signature') ?? '';
  const merchant = merchants.get(parameters.get('merchant') ?? '');
  const key = merchant?.linkKeys.find(({ kid }) => kid === parameters.get('kid'))?.key;
  // Which of them was wrong is nobody's business who cannot sign.
  if (!signShape.test(signature) || !merchant || key === undefined || !same(signature, signLink(parameters, key)))
    throw new ProblemError('unauthorized', { detail: 'the signature does not fit this link' });
  const exp = parameters.get('exp') ?? '';
  if (!/^\d{1,11}$/.test(exp))
    throw new ProblemError('invalid_request', { status: 422, field: 'exp', detail: 'expected a moment in seconds since 1970' });
  if (now >= Number(exp) * 1000) throw new ProblemError('payment_expired', { detail: 'the link is over its time' });
  return merchant;
}

/** As text, for a signature has one spelling only. */
const signShape = /^[\w-]{43}$/;
const same = (given: string, expected: string): boolean => timingSafeEqual(Buffer.from(given), Buffer.from(expected));

/**
 * The signature of a link: base64url of HMAC-SHA256 over `pay-desk-link-v1`, a line feed, and every parameter but `lang`,
 * `theme` and the signature itself, sorted by name, encoded by RFC 3986, joined by `&`.
 */
/** The customer may change these two: they move no money. */
const unsigned: ReadonlySet<string> = new Set(['lang', 'theme', 'signature']);

/** @returns 43 signs. */
export function signLink(parameters: LinkParameters, key: string): string {
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

/** What a link needs to know of its merchant. */
export interface LinkMerchant extends Merchant {
  /** Keys that sign links; a link names its key by `kid`, so that keys can be exchanged while old links live on. */
  readonly linkKeys: readonly { readonly kid: string; readonly key: string }[];
  readonly returnUrls: Readonly<Record<string, string>>;
}
