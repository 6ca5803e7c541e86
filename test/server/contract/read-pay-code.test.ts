/** A pay code is found in the whole SMS that brought it, and a typed code is never taken for a message. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { normalisePayCode, readPayCode } from '../../../server/contract/index.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const sample = { length: 8, alphabet };

describe('a pay code', () => {
  for (const [text, code] of [
    ['Your code: GCNE6LEW', 'GCNE6LEW'],
    ['Your code is GCNE6LEW. Thank you!', 'GCNE6LEW'],
    ['Kod: GCNE-6LEW, 25.00 PLN', 'GCNE6LEW'],
    ['Twój kod to gcne6lew', 'GCNE6LEW'],
    ['Ваш код GCNE6LEW, 5000 сум', 'GCNE6LEW'],
    ['Kodingiz GCNE6LEW. Buyurtma AB12CD34', 'GCNE6LEW'],
    ['သင့်ကုဒ် GCNE6LEW ဖြစ်ပါသည်', 'GCNE6LEW'],
    ['GCNE6LEW - 25 PLN', 'GCNE6LEW'],
    ['Your code: 12345678', '12345678'],
    ['gcne 6lew', 'GCNE6LEW'],
    ['GCNE-6LEW', 'GCNE6LEW'],
    ['CODE 1234', 'CODE1234'],
    ['GC NE 6L EW', 'GCNE6LEW'],
  ] as const)
    it(`is read from ${JSON.stringify(text)}`, () => assert.equal(normalisePayCode(readPayCode(text, [sample]) ?? ''), code));

  for (const text of [
    'AB12CD34 or GCNE6LEW',
    'Your code: GC4E 6LEWX',
    'Card 8600**6311, 29.11.2026',
    'Phone 12345678, thank you',
    'I have paid already',
  ])
    it(`is not read from ${JSON.stringify(text)}, which stays as it is`, () =>
      assert.ok([null, text].includes(readPayCode(text, [sample]))));

  it('is found without a known length where it is called a code', () => {
    assert.equal(readPayCode('Your code: GCNE6LEW', [{}]), 'GCNE6LEW');
    assert.equal(readPayCode('Your code: GCNE6LEW', [{ length: 16 }, { length: 8 }]), 'GCNE6LEW');
    assert.equal(readPayCode('Your code: GCNE6LEW thank you', [{}]), 'GCNE6LEW');
    assert.equal(readPayCode('gcne 6lew', [{}]), 'gcne 6lew');
    for (const text of ['Your code: GC4E 6LEW', 'Your code: GC4EXЖ', 'GCNE6LEW or AB12CD34, thank you'])
      assert.equal(readPayCode(text, [{}]), null);
    assert.equal(readPayCode('ABCD E1FG', [{}]), 'ABCD E1FG');
    assert.equal(readPayCode('ABCD E1FG', [{ length: 4 }]), 'ABCD E1FG');
  });

  it('is itself, however it is grouped and separated', () => {
    const code = fc.stringMatching(/^[A-Z0-9]{8}$/);
    const separators = fc.array(fc.constantFrom('', ' ', '-', ' - ', '.', '\u200b'), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(code, separators, (wanted, between) => {
        const typed = Array.from(wanted, (character, index) => character + (between[index] ?? '')).join('');
        assert.equal(normalisePayCode(readPayCode(typed, [sample]) ?? ''), wanted, typed);
      }),
      { numRuns: 5000 },
    );
  });

  it('in a message is the right one, or the message stays', () => {
    const code = fc.stringMatching(/^[A-Z0-9]{8}$/);
    const before = fc.constantFrom('Your code: ', 'kod ', 'Ваш код — ', 'Kod: ', 'Payme 5000 UZS, code: ', '');
    const after = fc.constantFrom(
      '',
      '. Thank you',
      ', 25.00 PLN',
      ' 29.11.2026',
      ' Card **6311',
      '\nTel. +998901234567',
      ' 1234',
    );
    fc.assert(
      fc.property(before, code, after, (left, wanted, right) => {
        const text = left + wanted + right;
        const read = readPayCode(text, [sample]);
        assert.ok(read === wanted || read === text || read === null, `${text} was read as ${read}`);
      }),
      { numRuns: 5000 },
    );
  });
});
