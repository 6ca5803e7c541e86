/** Values that only a hostile client would send, for every place of a request. */
import type { Random } from './random.ts';

/** Values of JSON that are not of the type, the size or the shape that a program takes for granted. */
export const hostileValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e21,
  Number.MAX_SAFE_INTEGER + 2,
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udfff\ud800',
  '\u202e',
  '\r\n',
  '😀'.repeat(60),
  'x'.repeat(5_000),
  '0'.repeat(400),
  '__proto__',
  'constructor',
  'NaN',
  '-0',
  '1e400',
  '%00',
  '%',
  '{"a":1}',
  '2026-02-31',
  "';--",
  '\u1040\u1041',
  '$&$1',
  'javascript:alert(1)',
  'https://[',
  [],
  [[]],
  [null],
  {},
  { length: { toString: 1 } },
  { length: { valueOf: 1, toString: 1 } },
  { length: -1 },
  { length: 2, 0: 'a', 1: 'b' },
  { size: { toString: 1 } },
  { toString: 1 },
  { valueOf: null, toString: null },
  { toJSON: 1 },
  { hasOwnProperty: 1 },
  Object.fromEntries([['then', 1]]),
  { replace: 1, trim: 1, normalize: 1 },
];

/** Names of fields that every object inherits. */
const hostileNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'length',
  'then',
  '',
  '\0',
  'amount',
  'x'.repeat(2_000),
];

/** Bodies that are not, or not quite, JSON. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  'null',
  '"',
  '{',
  '{}',
  '[]',
  '0',
  '1e400',
  '"text"',
  '{"a":1,"a":2}',
  '\ufeff{}',
  '{"\\u0000":1}',
  '{"a":"\\ud800"}',
  '{"constructor":{"prototype":{}}}',
  '{"__proto__":{"length":1}}',
  '['.repeat(4_000),
  '['.repeat(4_000) + ']'.repeat(4_000),
  `${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}`,
  `{"a":${'9'.repeat(8_000)}}`,
  'a=1&b=2',
  '\xff\xfe',
];

/** Percent-encoded, decodable or not. */
export const hostileAddressParts: readonly string[] = [
  '',
  '%',
  '%0',
  '%zz',
  '%00',
  'a%00b',
  '%ED%A0%80',
  '%FF',
  '%2e%2e%2f',
  '..',
  '%2f',
  '__proto__',
  'constructor',
  'toString',
  '0',
  '-1',
  '1e400',
  '99999999999999999999',
  'NaN',
  '%F0%9F%98%80',
  '%e2%80%ae',
  'a'.repeat(127),
  'a'.repeat(129),
  'a'.repeat(2_000),
  '%27%3b--',
  'a&a=1&a=2',
  'a[]=1',
  '+',
  ';',
];

/** By header; each value replaces what a correct client would send. */
export const hostileHeaders: readonly Record<string, string>[] = [
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'application/json; charset' },
  { 'content-type': ';' },
  { 'content-type': 'application/vnd.api+json' },
  { 'content-type': 'multipart/form-data' },
  { 'content-type': 'multipart/form-data; boundary=' },
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-encoding': 'gzip' },
  { authorization: '' },
  { authorization: 'Bearer' },
  { authorization: 'Bearer \xff\xfe' },
  { authorization: `Bearer ${'x'.repeat(3_000)}` },
  { authorization: 'Basic Og==' },
  { authorization: 'Bearer __proto__' },
  { 'idempotency-key': '' },
  { 'idempotency-key': 'x'.repeat(256) },
  { 'idempotency-key': '\xe9' },
  { 'idempotency-key': '__proto__' },
  { origin: 'null' },
  { origin: 'https://[' },
  { origin: '__proto__' },
  { accept: ';;;' },
  { 'accept-encoding': 'br;q=x, *;q=' },
  { range: 'bytes=5-1' },
  { 'if-none-match': '"' },
  { 'if-modified-since': 'never' },
  { 'x-forwarded-for': '[::1' },
  { 'x-forwarded-proto': '__proto__' },
  { forwarded: ';;=' },
  { expect: '200-maybe' },
  { 'access-control-request-method': '\t' },
];

/** The value with one invalid member, often deep inside. */
export function spoil(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.oneIn(5)) return random.pick(hostileValues);
  if (Array.isArray(value)) {
    const at = random.below(value.length + 1);
    return [...value.slice(0, at), spoil(value[at], random), ...value.slice(at + 1)];
  }
  const entries = Object.entries(value);
  if (random.oneIn(6)) return own([...entries, [random.pick(hostileNames), random.pick(hostileValues)]]);
  if (entries.length === 0) return random.pick(hostileValues);
  const at = random.below(entries.length);
  if (random.oneIn(8)) return own(entries.filter((_, index) => index !== at));
  return own(entries.map(([name, inner], index) => [name, index === at ? spoil(inner, random) : inner]));
}

/** `__proto__` becomes a field, too. */
const own = (entries: [string, unknown][]): object => Object.fromEntries(entries);
