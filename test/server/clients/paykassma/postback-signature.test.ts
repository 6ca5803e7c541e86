/** A postback is accepted only where the signature matches the very bytes that PHP signed. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { ExactNumber, type JsonValue, parseExactJson } from '../../../../server/clients/paykassma/exact-json.ts';
import { largestPostback, openPostback, type PostbackSettings } from '../../../../server/clients/paykassma/postback.ts';
import given from './given-vectors.json' with { type: 'json' };
import own from './vectors.json' with { type: 'json' };

type Path = PostbackSettings['signedPath'];
const minorUnitDigits = () => 2;
const bytes = (text: string) => new TextEncoder().encode(text);

/** Every body we have, with what it takes to open it. */
const bodies = [
  ...given.vectors.flatMap(({ id, access_key, private_key, signed_path, ...vector }) =>
    [vector.body_default_flags, vector.body_unescaped].map((body) => ({
      name: id,
      body,
      settings: { accessKey: access_key, privateKey: private_key, signedPath: signed_path as Path, minorUnitDigits },
    })),
  ),
  ...own.vectors.flatMap(({ name, signed_path, bodies: spellings }) =>
    spellings.map((body) => ({
      name,
      body,
      settings: {
        accessKey: own.access_key,
        privateKey: own.private_key,
        signedPath: signed_path as Path,
        minorUnitDigits,
      },
    })),
  ),
];

const open = (body: string, settings: PostbackSettings) => openPostback(bytes(body), settings);
const [plain] = bodies;
assert.ok(plain);

/** Signs like an attacker who has the keys, so that a body is not refused for its signature. */
function sign(json: string): string {
  const { accessKey, privateKey } = plain?.settings ?? assert.fail();
  const digest = createHash('md5').update(json).digest('hex');
  return createHash('sha1')
    .update(accessKey + privateKey + digest)
    .digest('hex');
}
const signedBody = (json: string, path = 'additional_data') => `{"signature":"${sign(json)}","${path}":${json}}`;
const entry = '{"transaction_id":"1","plugin_custom_order_id":"a"}';

test('every body that PHP signed is accepted, however it is spelt', () => {
  assert.equal(bodies.length, 12 + 180);
  for (const { name, body, settings } of bodies) assert.equal(open(body, settings).kind, 'signed', `${name}: ${body}`);
});

test('a signature with another key, or at another place, is refused', () => {
  for (const { name, body, settings } of bodies) {
    for (const other of [{ accessKey: 'x' }, { privateKey: 'x' }, { privateKey: '' }]) {
      assert.equal(open(body, { ...settings, ...other }).kind, 'refused', name);
    }
    for (const signedPath of ['additional_data', 'transactions', 'body'] as const) {
      if (signedPath !== settings.signedPath) assert.equal(open(body, { ...settings, signedPath }).kind, 'refused', name);
    }
  }
});

test('a change of one byte in the signed part, or in the signature, is refused', () => {
  /** Where the signed value stands in the body, the name of its key included. */
  const region = (body: string, path: Path) => {
    const whole = bytes(body).length;
    const start = path === 'body' ? 0 : bytes(body.slice(0, body.indexOf(`"${path}"`))).length;
    return { start, length: whole - start };
  };
  const anyByte = fc.record({
    of: fc.constantFrom(...bodies),
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    byte: fc.integer({ min: 0, max: 255 }),
    inSignature: fc.boolean(),
  });
  fc.assert(
    fc.property(anyByte, ({ of: { body, settings }, at, byte, inSignature }) => {
      const raw = bytes(body);
      const signature = { start: body.indexOf('"signature"') + 1, length: 'signature": "'.length + 40 };
      const { start, length } = inSignature ? signature : region(body, settings.signedPath);
      const changed = Uint8Array.from(raw);
      changed[start + Math.floor(at * length)] = byte;
      // Another spelling of the same value is no change: a space for a line's end, \u100A for \u100a.
      const same = isDeepStrictEqual(parseExactJson(new TextDecoder().decode(changed)), parseExactJson(body));
      assert.equal(openPostback(changed, settings).kind, same ? 'signed' : 'refused');
    }),
    { numRuns: 20_000 },
  );
});

test('a change of any byte of a whole signed value is refused', () => {
  const { body, settings } = plain;
  const raw = bytes(body);
  const start = body.indexOf('"additional_data"');
  for (let at = start; at < raw.length; at += 1) {
    for (const flip of [1, 2, 4, 8, 16, 32, 64, 128]) {
      const changed = Uint8Array.from(raw);
      changed[at] = (raw[at] ?? 0) ^ flip;
      assert.equal(openPostback(changed, settings).kind, 'refused', `byte ${at}`);
    }
  }
});

test('keys in another order do not match the signature', () => {
  const { settings } = plain;
  const swapped = '[{"plugin_custom_order_id":"a","transaction_id":"1"}]';
  const body = signedBody(`[${entry}]`);
  assert.equal(open(body, settings).kind, 'signed');
  assert.equal(open(body.replace(`[${entry}]`, swapped), settings).kind, 'refused');
});

test('a valid signature of an empty value is refused, because it could be replayed for ever', () => {
  const { settings } = plain;
  for (const nothing of ['[]', '{}', '[{}]', '[[]]', '[[],{}]', 'null', '""', '0', 'false', '"text"', '[null]', '[1]']) {
    assert.deepEqual(open(signedBody(nothing), settings), { kind: 'refused', reason: 'not_signed' }, nothing);
  }
  assert.deepEqual(open(`{"signature":"${sign('null')}"}`, settings), { kind: 'refused', reason: 'not_signed' });
  assert.deepEqual(open(`{"signature":"${sign('{}')}"}`, { ...settings, signedPath: 'body' }), {
    kind: 'refused',
    reason: 'not_signed',
  });
});

test('a body without a signature, or with one that is no text, is refused', () => {
  const { settings } = plain;
  for (const signature of ['', '"signature":null,', '"signature":0,', '"signature":["x"],', '"signature":true,']) {
    const body = `{${signature}"additional_data":[${entry}]}`;
    assert.deepEqual(open(body, settings), { kind: 'refused', reason: 'not_signed' }, body);
  }
  for (const signature of ['', 'x', sign(`[${entry}]`).toUpperCase(), ` ${sign(`[${entry}]`)}`, `${sign(`[${entry}]`)}\\u0000`]) {
    const body = `{"signature":"${signature}","additional_data":[${entry}]}`;
    assert.deepEqual(open(body, settings), { kind: 'refused', reason: 'wrong_signature' }, body);
  }
});

test('a duplicate key is refused, wherever and however it is spelt', () => {
  const { settings } = plain;
  const right = signedBody(`[${entry}]`);
  const twice = [
    right.replace('{"signature"', '{"additional_data":[{"transaction_id":"2"}],"signature"'),
    right.replace(/}$/, ',"additional_d\\u0061ta":[{"transaction_id":"2"}]}'),
    right.replace(/}$/, ',"amount":1,"amount":2}'),
    right.replace(/}$/, ',"converted_amount":{"USD":1,"USD":1}}'),
    signedBody('[{"transaction_id":"1","transaction_id":"2"}]'),
  ];
  assert.equal(open(right, settings).kind, 'signed');
  for (const body of twice) assert.deepEqual(open(body, settings), { kind: 'refused', reason: 'not_json' }, body);
});

test('invalid UTF-8, and half a surrogate pair, do not match the replacement character', () => {
  const { settings } = plain;
  const json = '[{"transaction_id":"\ufffd"}]';
  const right = signedBody(json);
  assert.equal(open(right, settings).kind, 'signed');
  assert.equal(open(right.replace('\ufffd', '\\ufffd'), settings).kind, 'signed');
  assert.equal(open(right.replace('\ufffd', '\\ud800'), settings).kind, 'refused');
  const latin = Buffer.from(right.replace('\ufffd', '\u0001'));
  latin[latin.indexOf(1)] = 0xff;
  assert.deepEqual(openPostback(latin, settings), { kind: 'refused', reason: 'not_json' });
  assert.equal(open(`\ufeff${right}`, settings).kind, 'refused');
});

test('a body of a megabyte, a million brackets and things that are no JSON are refused before they cost anything', () => {
  const { settings } = plain;
  const padded = (size: number) => {
    const body = signedBody(`[${entry}]`);
    return body.replace(/}$/, `,"p":"${'x'.repeat(size - body.length - 7)}"}`);
  };
  assert.equal(padded(largestPostback).length, largestPostback);
  assert.equal(open(padded(largestPostback), settings).kind, 'signed');
  assert.deepEqual(open(padded(largestPostback + 1), settings), { kind: 'refused', reason: 'too_large' });
  assert.deepEqual(open('['.repeat(1_000_000), settings), { kind: 'refused', reason: 'too_large' });
  const deep = '['.repeat(30_000) + ']'.repeat(30_000);
  assert.deepEqual(open(`{"additional_data":${deep}}`, settings), { kind: 'refused', reason: 'not_json' });
  for (const text of ['', ' ', 'null', '[]', '"x"', '{', '{"a":01}', "{'a':1}", '{"a":1,}', '{"a":NaN}', '{"a":"\n"}']) {
    assert.deepEqual(open(text, settings), { kind: 'refused', reason: 'not_json' }, text);
  }
});

test('JSON is read 32 lists deep and no deeper', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  assert.notEqual(parseExactJson(nested(32)), undefined);
  assert.equal(parseExactJson(nested(33)), undefined);
});

test('any JSON is read as JSON.parse reads it', () => {
  const plainly = (value: JsonValue | undefined): unknown => {
    if (value instanceof ExactNumber) return Number(value.text);
    if (value instanceof Map) return Object.fromEntries([...value].map(([key, member]) => [key, plainly(member)]));
    return Array.isArray(value) ? value.map(plainly) : value;
  };
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(0, 1, '\t'), (text, indent) => {
      const spaced = JSON.stringify(JSON.parse(text), null, indent);
      assert.deepEqual(plainly(parseExactJson(spaced)), JSON.parse(text));
    }),
  );
});
