/** Whether a value bears Paykassma's signature: `sha1(access key . private key . md5(JSON))`, both digests as lower-case hex. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { JsonValue } from './exact-json.ts';
import { type PhpFlags, phpJson } from './postback/php-json.ts';

export interface PostbackKeys {
  /** `postback_access_key`; it is sent along in older postbacks, so it is no secret. */
  accessKey: string;
  /** `postback_private_access_key`. */
  privateKey: string;
}

/** Both hands of PHP are tried, always: each spells one value in one way, so no other value passes by the second. */
export function isSigned(value: JsonValue, signature: string, keys: PostbackKeys): boolean {
  const given = Buffer.from(signature);
  return hands.map((flags) => isEqual(given, Buffer.from(signatureOf(phpJson(value, flags), keys)))).includes(true);
}

const hands: readonly PhpFlags[] = ['unescaped', 'none'];

const signatureOf = (json: string, { accessKey, privateKey }: PostbackKeys): string => {
  const digest = createHash('md5').update(json).digest('hex');
  return createHash('sha1')
    .update(accessKey + privateKey + digest)
    .digest('hex');
};

const isEqual = (given: Buffer, right: Buffer): boolean => given.length === right.length && timingSafeEqual(given, right);
