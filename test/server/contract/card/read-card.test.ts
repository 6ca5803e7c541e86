/** Cards, expiries and phones are read in every form that people type and paste, and other texts are rejected. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  cardSystem,
  findCard,
  passesLuhn,
  readCardExpiry,
  readCardNumber,
  readPayerPhone,
} from '../../../../server/contract/index.ts';

const table = (read: (typed: string) => string | null, rows: readonly (readonly [typed: string, expected: string | null])[]) => {
  for (const [typed, expected] of rows)
    it(`${JSON.stringify(typed)} is ${expected ?? 'none'}`, () => assert.equal(read(typed), expected));
};

describe('a card number', () => {
  table(readCardNumber, [
    ['8600069195406311', '8600069195406311'],
    ['8600 0691 9540 6311', '8600069195406311'],
    ['8600-0691-9540-6311', '8600069195406311'],
    ['8600\u00a00691\u20119540 6311\u200e', '8600069195406311'],
    ['၈၆၀၀၀၆၉၁၉၅၄၀၆၃၁၁', '8600069195406311'],
    // Two Burmese letters are typed for 0 and 7. At an end they stay letters.
    ['၈၆ဝဝ၀၆၉၁၉၅၄ဝ၆၃၁၁', '8600069195406311'],
    ['၈၆၀၀၀၆၉၁၉၅၄၀၆၃၁ရ', null],
    ['4444069195406311999', '4444069195406311999'],
    ['8600 0691 9540 6311 03/99', null],
    ['8600 0691 9540 6311 03', null],
    ['9860 0691 9540 6311 399', null],
    ['56140691954063110', null],
    ['860006919540631', null],
    ['86000691954063119999', null],
    ['8600 0691 9540 631x', null],
    ['8600/0691/9540/6311', null],
    ['', null],
  ]);
});

describe('the expiry of a card', () => {
  table(readCardExpiry, [
    ['03/99', '0399'],
    ['0399', '0399'],
    ['3/99', '0399'],
    ['03 / 2099', '0399'],
    ['03.99', '0399'],
    ['03-99', '0399'],
    ['03 99', '0399'],
    ['032099', '0399'],
    ['203003', '0330'],
    ['2030-03', '0330'],
    ['2030/03', '0330'],
    ['2030 03', '0330'],
    ['၂၀၃၀-၀၃', '0330'],
    ['202012', '1220'],
    ['203013', null],
    ['2030', null],
    ['30/03', null],
    ['02/03', null],
    ['0219', null],
    [' 12/30 ', '1230'],
    ['၀၃/၉၉', '0399'],
    ['13/99', null],
    ['00/99', null],
    ['399', null],
    ['03/9', null],
    ['03/1999', null],
    ['', null],
  ]);
});

describe('a phone of Uzbekistan', () => {
  table(readPayerPhone, [
    ['998901304527', '998901304527'],
    ['+998 (90) 130-45-27', '998901304527'],
    ['90 130 45 27', '998901304527'],
    ['901304527', '998901304527'],
    ['၉ဝ၁၃ဝ၄၅၂၇', '998901304527'],
    ['ရ၀၁၃၀၄၅၂၇', null],
    ['90130452', null],
    ['+48 600 100 200 1', null],
    ['99890130452', null],
    ['9989013045277', null],
    ['', null],
  ]);
});

describe('the system of a card', () => {
  for (const [digits, system] of [
    ['8600', 'uzcard'],
    ['5614680000000000', 'uzcard'],
    ['626272', 'uzcard'],
    ['9860', 'humo'],
    ['860', null],
    ['4444', null],
    ['', null],
  ] as const)
    it(`${digits || 'nothing'}: ${system ?? 'unknown'}`, () => assert.equal(cardSystem(digits), system));

  it('its last digit reveals a typing error', () => {
    for (const good of ['8600069195406311', '8600495473316478', '4444445987459073', '3333336415804657'])
      assert.equal(passesLuhn(good), true, good);
    for (const bad of ['8600069195406312', '8600069195406131', '9860010101010101']) assert.equal(passesLuhn(bad), false, bad);
  });
});

describe('a card and its expiry in one text', () => {
  for (const [text, number, expire] of [
    ['8600 0691 9540 6311 03/99', '8600069195406311', '03/99'],
    ['8600069195406311 0399', '8600069195406311', '0399'],
    ['Karta: 9860-1234-5678-9012, amal qilish muddati 12/2030', '9860123456789012', ''],
    ['Uzcard 5614681234567890; 2030-03', '5614681234567890', '2030-03'],
    ['1) 6262 1234 5678 9012 (3/28)', '6262123456789012', '3/28'],
    ['8600 0691 9540 6311 29.11.2026', '8600069195406311', ''],
    ['+998901234567 8600 0691 9540 6311', '8600069195406311', ''],
    ['8600 0691 9540 6311 999', '8600069195406311', ''],
    ['8600 0691 9540 6311', '8600069195406311', ''],
  ] as const)
    it(text, () => assert.deepEqual(findCard(text), { number, expire }));

  for (const text of [
    '8600 0691 9540 6311, 9860 1234 5678 9012',
    '18600069195406311',
    '8600 06** **** 6311',
    '4444 0691 9540 6311 03/99',
    '',
  ])
    it(`none in ${JSON.stringify(text)}`, () => assert.equal(findCard(text), null));
});
