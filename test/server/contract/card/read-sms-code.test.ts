/** The code of an SMS is found in whole messages with amounts, dates, phones and cards; a wrong number never is. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readSmsCode } from '../../../../server/contract/index.ts';
import { smsMessages } from './sms-messages.ts';

for (const [language, messages] of Object.entries(smsMessages)) {
  describe(`the code of an SMS in ${language}`, () => {
    for (const [text, code] of messages)
      it(`${JSON.stringify(text)}: ${code ?? 'none'}`, () => assert.equal(readSmsCode(text), code));
  });
}

describe('the code of an SMS, typed', () => {
  for (const [typed, code] of [
    ['666666', '666666'],
    ['666 666', '666666'],
    ['666-666', '666666'],
    ['1234', '1234'],
    ['12345678', '12345678'],
    ['၆၆၆၆၆၆', '666666'],
    ['၆၆ရဝ၆၆', '667066'],
    ['၆၆၆၆၆၆ရ', null],
    ['123', null],
    ['123456789', null],
    ['66666a', null],
    ['', null],
  ] as const)
    it(`${JSON.stringify(typed)} is ${code ?? 'none'}`, () => assert.equal(readSmsCode(typed), code));
});

/** Parts of messages that have no code. Each is recognised for what it is, in whatever order they come. */
const otherParts = fc.oneof(
  fc
    .tuple(
      fc.integer({ min: 1, max: 99_999_999 }),
      fc.constantFrom(' UZS', " so'm", ' сум', ' PLN', ' zł', ' Ks', ' ကျပ်', ' USD', '₽'),
    )
    .map(([sum, currency]) => `${sum}${currency}`),
  fc
    .tuple(fc.constantFrom('Summa', 'Сумма', 'Amount', 'Kwota', 'Balans', 'ပမာဏ'), fc.integer({ min: 1000, max: 9_999_999 }))
    .map(([name, sum]) => `${name}: ${sum}`),
  fc.integer({ min: 1, max: 999_999 }).map((sum) => `UZS ${sum.toLocaleString('en')}.00`),
  fc.integer({ min: 1000, max: 9_999_999 }).map((sum) => `${sum.toLocaleString('en').replaceAll(',', ' ')} so'm`),
  fc.stringMatching(/^(?:8600|9860|5614|6262)(?: ?\d\d)?(?:\*{2,10}|XX|••••| \*{4} )\d{4}$/),
  fc.stringMatching(/^(?:\*{1,4}|X{2,4}|\.{3}|…)\d{4}$/),
  fc.stringMatching(/^(?:8600|9860)(?: \d{4}){3}$/),
  fc.stringMatching(/^\+998(?: \d\d \d{3} \d\d \d\d|\d{9}| \(\d\d\) \d{3}-\d\d-\d\d)$/),
  fc.stringMatching(/^(?:tel\.|тел\.|phone|ဖုန်း) \d{2,3} \d{3} \d{2} \d{2}$/),
  fc.date({ min: new Date('2024-01-01'), max: new Date('2030-12-31'), noInvalidDate: true }).chain((date) => {
    const [day = '', time = ''] = date.toISOString().split('T');
    return fc.constantFrom(
      day,
      day.split('-').reverse().join('.'),
      day.split('-').reverse().join('/'),
      time.slice(0, 5),
      time.slice(0, 8),
    );
  }),
  fc
    .tuple(
      fc.constantFrom('Zakaz', 'Заказ №', 'Order', 'Zamówienie', 'Terminal', 'ID'),
      fc.integer({ min: 1000, max: 99_999_999 }),
    )
    .map(([name, number]) => `${name} ${number}`),
  fc.constantFrom(
    'Payme',
    'Olma do‘koni',
    'Никому не говорите',
    'Nie podawaj nikomu',
    'မည်သူ့ကိုမျှ မပြောပါနှင့်',
    '5 daqiqa',
    '10 минут',
  ),
);
const smsCode = fc.stringMatching(/^\d{4,8}$/);
const named = fc.constantFrom<(code: string) => string>(
  (code) => `Kod: ${code}`,
  (code) => `kod ${code}`,
  (code) => `Tasdiqlash kodi - ${code}`,
  (code) => `Код подтверждения: ${code}`,
  (code) => `Ваш код ${code}`,
  (code) => `Your code is ${code}`,
  (code) => `OTP ${code}`,
  (code) => `${code} is your verification code`,
  (code) => `${code} — ваш код`,
  (code) => `Hasło: ${code}`,
  (code) => `ကုဒ် ${code}`,
);
const joints = fc.constantFrom('. ', ', ', '\n', ' ', '; ', ' - ', ': ');

describe('the code of a generated SMS', () => {
  it('is the right one or none, among amounts, dates, phones, cards and orders', () => {
    let found = 0;
    const parts = fc.array(otherParts, { maxLength: 3 });
    fc.assert(
      fc.property(parts, named, smsCode, parts, joints, (before, name, code, after, joint) => {
        const text = [...before, name(code), ...after].join(joint);
        const read = readSmsCode(text);
        if (read === code) found += 1;
        assert.ok(read === null || read === code, `${text} was read as ${read}`);
      }),
      { numRuns: 4000 },
    );
    assert.ok(found > 2000, `only ${found} of 4000 were found`);
  });

  it('is none where the message has no code', () => {
    fc.assert(
      fc.property(fc.array(otherParts, { minLength: 1, maxLength: 5 }), joints, (parts, joint) => {
        // Two letters more, since what has only digits was typed.
        const text = ['SMS', ...parts].join(joint);
        assert.equal(readSmsCode(text), null, text);
      }),
      { numRuns: 4000 },
    );
  });

  it('is never a part of a longer number, whatever stands around it', () => {
    const sign = fc.constantFrom('', '1', 'x', 'ж', 'ရ', '*', '**', '.', ',', '-', '/', '+', ' ', ': ', '\u200b', '$', '…', '_');
    fc.assert(
      fc.property(sign, sign, smsCode, sign, sign, (left, more, code, right, end) => {
        const text = `Kod: ${left}${more}${code}${right}${end} ok`;
        const read = readSmsCode(text);
        assert.ok(read === null || text.includes(read), `${text} was read as ${read}`);
        const whole = read === null ? -1 : text.indexOf(read);
        const touching = read === null ? '' : `${text[whole - 1] ?? ''}${text[whole + read.length] ?? ''}`;
        assert.doesNotMatch(touching, /[\p{L}\p{M}\p{N}*]/u, `${text} was read as ${read}`);
      }),
      { numRuns: 4000 },
    );
  });

  it('takes no longer for a text that is made to be slow', () => {
    for (const piece of ['1 ', '1,', 'kod ', 'kod:', '8600 ', '* ', '+1 ', 'ကုဒ်', 'no ', '12-', '1.1 ']) {
      const before = process.cpuUsage();
      readSmsCode(piece.repeat(1000).slice(0, 1000));
      const { user } = process.cpuUsage(before);
      assert.ok(user < 200_000, `${piece} took ${user} microseconds`);
    }
  });
});
