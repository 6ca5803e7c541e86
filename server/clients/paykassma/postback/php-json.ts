/**
 * Writes JSON as PHP's `json_encode` does, since Paykassma signs the text that PHP wrote: no spaces, keys in their order,
 * numbers as they came. Two hands are known: the oldest documents encode without flags (`/` and every sign beyond ASCII
 * escaped), later ones with JSON_UNESCAPED_SLASHES and JSON_UNESCAPED_UNICODE. Source: paykassma.md §3.1.
 */

import type { JsonValue } from '../exact-json.ts';
import { JsonNumber } from '../json-number.ts';

export type PhpFlags = 'none' | 'unescaped';

export function phpJson(value: JsonValue, flags: PhpFlags): string {
  if (typeof value === 'string') return phpString(value, flags);
  if (value instanceof JsonNumber) return value.text;
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
