/** Whatever digits a phone's keyboard writes, each field reads them as 0 to 9. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  asciiDigits,
  isZawgyi,
  normalisePayCode,
  readCardExpiry,
  readCardNumber,
  readPayCode,
  readPayerPhone,
  readSmsCode,
  readTransactionNumber,
} from '#contract';

/** The zero of each script that our customers type in. */
const zeros = { 'Arabic-Indic': 0x660, 'Extended Arabic-Indic': 0x6f0, Devanagari: 0x966, Bengali: 0x9e6, Burmese: 0x1040 };

const written = (text: string, zero: number) => text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));
const digits = (length: number) => fc.array(fc.nat(9), { minLength: length, maxLength: length }).map((all) => all.join(''));

/** Each field, with what is typed in it. */
const fields: Record<string, [typed: fc.Arbitrary<string>, read: (text: string) => string | null]> = {
  'a pay code': [fc.tuple(fc.constantFrom('AB', 'K'), digits(6)).map(([letters, rest]) => letters + rest), normalisePayCode],
  'a transaction number': [digits(10), (text) => readTransactionNumber(text, { maxLength: 20 })],
  'a card number': [digits(12).map((rest) => `8600${rest}`), readCardNumber],
  'an expiry': [
    fc
      .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 26, max: 99 }))
      .map(([month, year]) => `${String(month).padStart(2, '0')}/${year}`),
    readCardExpiry,
  ],
  'a phone': [digits(9).map((rest) => `+998 ${rest}`), readPayerPhone],
  'the code of an SMS': [digits(6), readSmsCode],
};

for (const [script, zero] of Object.entries(zeros))
  describe(`digits in ${script}`, () => {
    for (const [field, [typed, read]] of Object.entries(fields))
      it(`are read in ${field}`, () => {
        fc.assert(
          fc.property(typed, (text) => {
            const plain = read(text);
            assert.notEqual(plain, null);
            assert.equal(read(written(text, zero)), plain);
          }),
        );
      });
  });

describe('Zawgyi', () => {
  const zawgyi = 'ေငြလႊဲျပီးပါျပီ။ လုပ္ေဆာင္မႈအမွတ္ ၁၃၉၄၆၄၆၄၇၆ က်ပ္ ၆၀၀၀';
  const unicode = 'ငွေလွှဲပြီးပါပြီ။ လုပ်ဆောင်မှုအမှတ် ၁၃၉၄၆၄၆၄၇၆ ကျပ် ၆၀၀၀';

  it('is recognised, and Unicode is not taken for it', () => {
    assert.ok(isZawgyi(zawgyi));
    assert.ok(isZawgyi('ကုဒ္'));
    for (const text of [unicode, 'ဝတ္ထု', 'ကျွန်ုပ်တို့၏ ငွေပေးချေကုဒ်', 'Trx ID 1394646476', 'လေ ဝေး', 'ဥက္ကဋ္ဌ ပြေစာ'])
      assert.ok(!isZawgyi(text), text);
  });

  it('a pasted SMS gives its number in either encoding', () => {
    for (const sms of [zawgyi, unicode])
      assert.equal(readTransactionNumber(sms, { maxLength: 11, pattern: '[0-9A-Za-z]{1,11}' }), '1394646476');
  });

  it('a pasted SMS gives its pay code in either encoding', () => {
    for (const word of ['ကုဒ်', 'ကုဒ္']) assert.equal(readPayCode(`သင့် ${word}: GOOD0001`, [{ length: 8 }]), 'GOOD0001');
  });

  it('has signs of letters where Unicode has the digits of Shan', () => {
    assert.equal(asciiDigits('\u1091'), '1');
    assert.equal(asciiDigits('\u1000\u1039 \u1094'), '\u1000\u1039 \u1094');
  });
});

it('the word for a code is known in the languages of the wallets', () => {
  for (const word of ['কোড', 'کوڈ', 'कोड', 'código'])
    assert.equal(readPayCode(`${word}: GOOD0001.`, [{ length: 8 }]), 'GOOD0001');
});
