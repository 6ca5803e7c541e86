/** Verifies that a merchant signed a link and that the link is still valid. Nothing in a link is believed before that. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { ProblemError } from '../payments/model/errors.ts';
import type { Merchant } from '../payments/model/ports.ts';

/** By name, as they are in the address, decoded. */
export type LinkParameters = ReadonlyMap<string, string>;

/**
 * @param now milliseconds since 1970
 * @returns the merchant that signed the link
 * @throws {ProblemError} `unauthorized` if the signature is missing or was not made with this merchant's key for these
 * parameters; `payment_expired` from `exp` on
 */
export function verifyLink(
  merchants: Pick<ReadonlyMap<string, LinkMerchant>, 'get'>,
  parameters: LinkParameters,
  now: number,
): LinkMerchant {
  const signature = parameters.get('signature') ?? '';
  const merchant = merchants.get(parameters.get('merchant') ?? '');
  const key = merchant?.linkKeys.find(({ kid }) => kid === parameters.get('kid'))?.key;
  // One answer for a wrong merchant, key and signature: whoever cannot sign must not learn which of them was wrong.
  if (!signaturePattern.test(signature) || !merchant || key === undefined || !isEqual(signature, signLink(parameters, key))) {
    throw new ProblemError('unauthorized', { detail: 'the signature does not fit this link' });
  }
  const exp = parameters.get('exp') ?? '';
  if (!/^\d{1,11}$/.test(exp)) {
    throw new ProblemError('invalid_request', { status: 422, field: 'exp', detail: 'expected a moment in seconds since 1970' });
  }
  if (now >= Number(exp) * 1000) throw new ProblemError('payment_expired', { detail: 'the link is over its time' });
  return merchant;
}

/** Signatures are compared as text, since each has only one spelling. */
const signaturePattern = /^[\w-]{43}$/;
const isEqual = (given: string, expected: string): boolean => timingSafeEqual(Buffer.from(given), Buffer.from(expected));

/**
 * The signature of a link: base64url of HMAC-SHA256 over `pay-desk-link-v1`, a line feed, and every parameter but `lang`,
 * `theme` and the signature itself, sorted by name, encoded by RFC 3986, joined by `&`.
 * @returns 43 characters
 */
export function signLink(parameters: LinkParameters, key: string): string {
  const signed = [...parameters]
    .filter(([name]) => !unsigned.has(name))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`);
  return createHmac('sha256', key)
    .update(`pay-desk-link-v1\n${signed.join('&')}`)
    .digest('base64url');
}

/** `lang` and `theme` are not signed, because they move no money and the customer may change them. */
const unsigned: ReadonlySet<string> = new Set(['lang', 'theme', 'signature']);

/** RFC 3986 reserves five characters that `encodeURIComponent` leaves as they are. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** What links need to know about a merchant. */
export interface LinkMerchant extends Merchant {
  /** Keys that sign links. A link names its key by `kid`, so that a key can be replaced while old links stay valid. */
  readonly linkKeys: readonly { readonly kid: string; readonly key: string }[];
  readonly returnUrls: Readonly<Record<string, string>>;
}
