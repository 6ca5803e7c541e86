/** Whether a value bears Paykassma's signature: `sha1(access key . private key . md5(JSON))`, both digests as lower-case hex. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { ExactNumber, type JsonValue } from './exact-json.ts';

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

/**
 * Writes JSON as PHP's `json_encode` does, since Paykassma signs the text that PHP wrote: no spaces, keys in their order,
 * numbers as they came. Two hands are known: the oldest documents encode without flags (`/` and every sign beyond ASCII
 * escaped), later ones with JSON_UNESCAPED_SLASHES and JSON_UNESCAPED_UNICODE. Source: README.md, "Postback signature".
 */
export type PhpFlags = 'none' | 'unescaped';

export function phpJson(value: JsonValue, flags: PhpFlags): string {
  if (typeof value === 'string') return phpString(value, flags);
  if (value instanceof ExactNumber) return value.text;
  if (value instanceof Map) {
    return `{${[...value].map(([key, member]) => `${phpString(key, flags)}:${phpJson(member, flags)}`).join(',')}}`;
  }
  if (Array.isArray(value)) return `[${value.map((member) => phpJson(member, flags)).join(',')}]`;
  return String(value);
}

const phpString = (text: string, flags: PhpFlags): string => `"${text.replace(escaped[flags], escapeUnit)}"`;

/** All that is not written as it is. By UTF-16 unit, as PHP does: a sign beyond the first plane is escaped as two. */
const escaped = {
  none: /[^ !#-.0-[\]-\u007f]/g,
  // U+2028 and U+2029 stay escaped even so: JavaScript once took them for ends of lines.
  unescaped: /[^ !#-[\]-\u2027\u202a-\uffff]/g,
} as const;

const escapeUnit = (unit: string): string => short[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

const short: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};
