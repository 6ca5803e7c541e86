/** Checks Paykassma's signature: `sha1(access key . private key . md5(JSON))`, both digests as lower-case hex. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { ExactNumber, type JsonValue } from './exact-json.ts';

export interface PostbackKeys {
  /** `postback_access_key`. Older postbacks contain it, so it is not a secret. */
  accessKey: string;
  /** `postback_private_access_key`. */
  privateKey: string;
}

/**
 * Always tries both ways in which PHP may have written the value. Each of them writes a value in one way only, so trying both
 * accepts no other value.
 */
export function isSigned(value: JsonValue, signature: string, keys: PostbackKeys): boolean {
  const given = Buffer.from(signature);
  return encodings.map((flags) => isEqual(given, Buffer.from(signatureOf(phpJson(value, flags), keys)))).includes(true);
}

/**
 * The flags of PHP's `json_encode`. The oldest documents encode with none (`/` and every character beyond ASCII are escaped),
 * later ones with JSON_UNESCAPED_SLASHES and JSON_UNESCAPED_UNICODE. Source: README.md, "Postback signature".
 */
type PhpFlags = 'none' | 'unescaped';

const encodings: readonly PhpFlags[] = ['unescaped', 'none'];

/** SHA-256 of a value as PHP writes it, as hex: equal for equal values, whichever flags they were sent with. */
export const digestOf = (value: JsonValue): string => createHash('sha256').update(phpJson(value, 'unescaped')).digest('hex');

const signatureOf = (json: string, { accessKey, privateKey }: PostbackKeys): string => {
  const digest = createHash('md5').update(json).digest('hex');
  return createHash('sha1')
    .update(accessKey + privateKey + digest)
    .digest('hex');
};

const isEqual = (given: Buffer, computed: Buffer): boolean =>
  given.length === computed.length && timingSafeEqual(given, computed);

/**
 * Writes JSON as PHP's `json_encode` does, since Paykassma signs the text that PHP wrote: no spaces, keys in their order,
 * numbers as they came.
 */
function phpJson(value: JsonValue, flags: PhpFlags): string {
  if (typeof value === 'string') return phpString(value, flags);
  if (value instanceof ExactNumber) return value.text;
  if (value instanceof Map) {
    return `{${[...value].map(([key, member]) => `${phpString(key, flags)}:${phpJson(member, flags)}`).join(',')}}`;
  }
  if (Array.isArray(value)) return `[${value.map((member) => phpJson(member, flags)).join(',')}]`;
  return String(value);
}

const phpString = (text: string, flags: PhpFlags): string => `"${text.replace(escaped[flags], escapeUnit)}"`;

/** What PHP escapes. Each UTF-16 unit is escaped by itself, so a character beyond the first plane becomes two escapes. */
const escaped = {
  none: /[^ !#-.0-[\]-\u007f]/g,
  // PHP escapes U+2028 and U+2029 even with these flags, because JavaScript once treated them as line ends.
  unescaped: /[^ !#-[\]-\u2027\u202a-\uffff]/g,
} as const;

const escapeUnit = (unit: string): string => shortEscapes[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

const shortEscapes: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '/': '\\/',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};
