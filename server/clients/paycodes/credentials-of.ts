/** What shows PayCodes who is asking: headers, or parameters that go with those of every call. */
import type { PayCodesAuth } from './options.ts';

export interface Credentials {
  headers: Record<string, string>;
  params: Record<string, string>;
}

/** @throws for a name or key that no request could carry; the error names the setting and never the key */
export function credentialsOf(auth: PayCodesAuth): Credentials {
  if (auth.type === 'none') return { headers: {}, params: {} };
  const { type, key } = auth;
  if (type !== 'param' && !/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(key)) throw unfit('auth.key', 'fit for a header');
  if (type === 'bearer') return { headers: { authorization: `Bearer ${key}` }, params: {} };
  if (type === 'header') {
    const name = auth.name.toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) || ourHeaders.has(name)) throw unfit('auth.name', 'free for use as a header');
    return { headers: { [name]: key }, params: {} };
  }
  if (auth.name === '' || ourParams.has(auth.name)) throw unfit('auth.name', 'free for use as a parameter');
  return { headers: {}, params: { [auth.name]: key } };
}

/** A key in their place would spoil every request. */
const ourHeaders = new Set([
  'accept',
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);
const ourParams = new Set(['rule_slug', 'code', 'client', 'creator', 'valid_from', 'valid_to', 'number_of_codes']);

const unfit = (setting: string, what: string) => new Error(`the PayCodes setting ${setting} is not ${what}`);
