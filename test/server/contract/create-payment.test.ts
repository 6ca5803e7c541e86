/** What a merchant's server says of the customer besides the order is read in any usual spelling, and never a reason to refuse money. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { CreatePayment } from '../../../server/contract/index.ts';

const order = { amount: 2500, currency: 'UZS', orderId: '1', label: 'customer' };
const read = (own: object) => {
  const { success, data } = CreatePayment.safeParse({ ...order, ...own });
  assert.ok(success, JSON.stringify(own));
  return data;
};

it('a locale is read as BCP 47 and as operating systems write it; what is neither counts as absent', () => {
  const spellings: [string, string | undefined][] = [
    ['ru', 'ru'],
    ['ru-RU', 'ru-RU'],
    ['ru_RU', 'ru-RU'],
    ['ru_RU.UTF-8', 'ru-RU'],
    ['uz_UZ@cyrillic', 'uz-UZ'],
    ['uz_Cyrl_UZ', 'uz-Cyrl-UZ'],
    [' my_MM ', 'my-MM'],
    ['EN_us', 'en-US'],
    ['', undefined],
    ['C', undefined],
    ['русский', undefined],
    ['../../etc/passwd', undefined],
    [`en-${'x'.repeat(300)}`, undefined],
    [`en${'-abcdefgh'.repeat(30)}`, undefined],
    ['ru\0', undefined],
  ];
  for (const [written, tag] of spellings) assert.equal(read({ locale: written }).locale, tag, JSON.stringify(written));
});

it('a phone is read in any spelling; what is none counts as absent', () => {
  const spellings: [string, string | undefined][] = [
    ['998901234567', '998901234567'],
    ['+998901234567', '+998901234567'],
    ['+998 90 123 45 67', '+998901234567'],
    ['+998 (90) 123-45-67', '+998901234567'],
    ['+998\u00a090\u2011123\u201345\u201367', '+998901234567'],
    ['\u202a+998901234567\u202c', '+998901234567'],
    ['90.123.45.67', '901234567'],
    ['', undefined],
    ['none', undefined],
    ['12', undefined],
    ['+998901234567, +998901234568', undefined],
    ['9'.repeat(400), undefined],
  ];
  for (const [written, phone] of spellings) assert.equal(read({ phone: written }).phone, phone, JSON.stringify(written));
});

it('what is no text at all is a mistake of the program that sends it', () => {
  for (const own of [{ locale: 7 }, { locale: ['ru'] }, { phone: 998901234567 }, { phone: {} }])
    assert.equal(CreatePayment.safeParse({ ...order, ...own }).success, false, JSON.stringify(own));
});

it('no text is a reason to refuse the money: whatever stands in locale and phone, what is read of it is a language tag and a phone, or absent', () => {
  const spelled = fc.string({ unit: fc.constantFrom(...'+0123456789 ()-.\u00a0\u2011/_@ruURzZ') });
  const text = fc.oneof(fc.string({ unit: 'binary' }), spelled, fc.string({ unit: 'grapheme', maxLength: 400 }));
  fc.assert(
    fc.property(text, text, (locale, phone) => {
      const data = read({ locale, phone });
      if (data?.locale !== undefined) assert.equal(new Intl.Locale(data.locale).toString(), data.locale);
      if (data?.phone !== undefined) assert.match(data.phone, /^\+?\d{7,15}$/);
    }),
    { numRuns: 2_000 },
  );
});

it('a phone is read however its digits are grouped', () => {
  const gap = fc.constantFrom('', ' ', '-', '.', ' (', ') ', '\u00a0', '\u2011', '/');
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 7, maxLength: 15 });
  fc.assert(
    fc.property(digits, fc.constantFrom('', '+'), fc.array(gap, { minLength: 15, maxLength: 15 }), (number, plus, gaps) => {
      const written = plus + [...number].map((digit, at) => digit + gaps[at]).join('');
      assert.equal(read({ phone: written })?.phone, plus + number, written);
    }),
  );
});
