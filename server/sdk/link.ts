/**
 * Signs links to the plugin window, which open a payment without a call to the server. The parameters and the signature are
 * described in `server/links/README.md`; the server verifies them with code of its own, and both are tested with the same vectors.
 */

/** Amounts are whole major units; times are seconds since 1970. */
export interface LinkParameters {
  merchant: string;
  /** Which of the merchant's link keys signs. */
  kid: string;
  /** The merchant's id of the customer. */
  label: string;
  /** The merchant's order id. */
  custom_transaction_id: string;
  fixed_amount: string | number;
  /** ISO 4217. */
  currency_code: string;
  /** The link opens until then. */
  exp: string | number;
  /** A subset of `pay_code`, `wallet` and `card`, separated by commas. */
  methods?: string;
  wallet_type?: string;
  success_url?: string;
  fail_url?: string;
  pending_url?: string;
  payment_url_success_id?: string;
  payment_url_fail_id?: string;
  payment_url_pending_id?: string;
  /** Not signed. */
  lang?: string;
  /** Not signed. */
  theme?: 'auto' | 'light' | 'dark';
}

const unsigned: ReadonlySet<string> = new Set(['lang', 'theme']);
const required = ['merchant', 'kid', 'label', 'custom_transaction_id', 'fixed_amount', 'currency_code', 'exp'];
const known: ReadonlySet<string> = new Set([
  ...required,
  ...unsigned,
  ...['methods', 'wallet_type'],
  ...['success', 'fail', 'pending'].flatMap((end) => [`${end}_url`, `payment_url_${end}_id`]),
]);

/**
 * The signature of a link: HMAC-SHA256 of its parameters with the merchant's link key, as base64url.
 * @returns 43 characters
 * @throws {TypeError} if a parameter is missing or links have none of that name: the server ignores those, so a misspelt one would
 * silently mean nothing
 */
export async function signLink(parameters: LinkParameters, key: string): Promise<string> {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  for (const [name] of given) if (!known.has(name)) throw new TypeError(`A link has no parameter "${name}".`);
  for (const name of required) if (!given.some(([one]) => one === name)) throw new TypeError(`A link needs "${name}".`);
  const signed = given
    .filter(([name]) => !unsigned.has(name))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${encode(name)}=${encode(String(value))}`);
  const bytes = (text: string) => new TextEncoder().encode(text);
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const cryptoKey = await crypto.subtle.importKey('raw', bytes(key), hmac, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', cryptoKey, bytes(`pay-desk-link-v1\n${signed.join('&')}`));
  return base64url(new Uint8Array(signature));
}

/**
 * The address of the plugin window with these parameters and their signature.
 * @param origin of the Pay Desk server, e.g. `https://pay.example`
 * @throws {TypeError} as `signLink` does
 */
export async function payLink(origin: string, parameters: LinkParameters, key: string): Promise<string> {
  const link = new URL('/plugin/', origin);
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) link.searchParams.set(name, String(value));
  link.searchParams.set('signature', await signLink(parameters, key));
  return link.href;
}

/** RFC 3986 reserves five characters that `encodeURIComponent` leaves as they are. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
