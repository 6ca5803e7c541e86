/** Words and numbers: complete in every language, with the same places to fill, and money as people write it. */
import { expect } from '@open-wc/testing';
import { chooseLanguage } from '../../widget/messages/choose-language.ts';
import { elapsedText } from '../../widget/messages/elapsed-text.ts';
import { en } from '../../widget/messages/en.ts';
import { formatAmount } from '../../widget/messages/format-amount.ts';
import { formatMoment } from '../../widget/messages/format-moment.ts';
import { createLanguage } from '../../widget/messages/language.ts';
import { my } from '../../widget/messages/my.ts';
import { problemText } from '../../widget/messages/problem-text.ts';
import { openPayment } from './support/payment-view.ts';

/** Every text by its path: `problems.code_used`. */
const texts = (messages: object, path = ''): [path: string, text: string][] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : texts(value, `${path}${key}.`),
  );
const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

describe('words', () => {
  const english = new Map(texts(en));
  const burmese = new Map(texts(my));

  it('have the same keys in all languages, none empty', () => {
    expect([...burmese.keys()].sort()).to.deep.equal([...english.keys()].sort());
    for (const [key, text] of [...english, ...burmese]) expect(text.trim(), key).to.not.equal('');
  });

  it('have the same places to fill in', () => {
    for (const [key, text] of english) expect(places(burmese.get(key) ?? ''), key).to.deep.equal(places(text));
  });

  it('are Burmese in Burmese, in Unicode and without the marks of Zawgyi', () => {
    for (const [key, text] of burmese) {
      expect(text, key).to.match(/[\u1000-\u109f]/);
      expect(text, key).to.not.match(/[\u1060-\u109d]|\u1031\u1031|(^|[^\u1000-\u103f])\u1031/);
    }
  });

  it('say for every refusal of a code that nothing was charged', () => {
    for (const [key, text] of english)
      if (key.startsWith('problems.code_')) expect(text, key).to.match(/nothing was charged|was not used/);
  });

  it('name the day a code ran out or begins to work', () => {
    const say = (code: 'code_expired' | 'code_not_yet_valid') =>
      problemText({ code, ref: '', at: '2026-11-21T12:00:00Z' }, createLanguage('en', en), openPayment());
    expect(say('code_expired')).to.contain('21 Nov 2026');
    expect(say('code_not_yet_valid')).to.contain('21 Nov 2026');
  });

  it('fill in the amount that a code must be worth', () => {
    const text = problemText({ code: 'code_value_too_low', ref: '' }, createLanguage('en', en), openPayment());
    expect(text).to.contain('25.00\u00a0PLN');
  });
});

describe('amounts', () => {
  for (const [minor, currency, shown] of [
    [2500, 'PLN', '25.00'],
    [5, 'PLN', '0.05'],
    [500_000, 'UZS', '5,000'],
    [500_050, 'UZS', '5,000.50'],
    [600_000, 'MMK', '6,000'],
    [1234, 'JPY', '1,234'],
    [1234, 'KWD', '1.234'],
    [999_999_999_999_99, 'PLN', '999,999,999,999.99'],
  ] as const)
    it(`${minor} minor units of ${currency} are ${shown}`, () => expect(formatAmount(minor, currency, 'en')).to.equal(shown));

  it('keep Latin digits in Burmese, as on the codes and in the bank', () =>
    expect(formatAmount(2500, 'PLN', 'my')).to.equal('25.00'));
});

describe('moments', () => {
  it('are short in English and numeric in Burmese', () => {
    expect(formatMoment('2026-11-21T12:05:00Z', 'en-GB')).to.match(/^2[012] Nov 2026, \d\d:\d\d$/);
    expect(formatMoment('2026-11-21T12:05:00Z', 'my')).to.match(/^2[012]\/11\/2026, \d\d:\d\d$/);
  });

  it('that are none are left out', () => expect(formatMoment('soon', 'en')).to.equal(''));

  for (const [seconds, said] of [
    [-5, 'just now'],
    [59, 'just now'],
    [60, '1 min ago'],
    [3599, '59 min ago'],
    [7200, '2 h ago'],
  ] as const)
    it(`${seconds} s ago is ${said}`, () => expect(elapsedText(seconds * 1000, en)).to.equal(said));
});

describe('the language', () => {
  for (const [wanted, spoken] of [
    [['my-MM', 'en'], 'my-MM'],
    [['MY', null], 'my'],
    [[null, '', 'fr', 'my'], 'my'],
    [['tlh', 'not a tag!', 'en-US'], 'en-US'],
    [['my-u-nu-mymr'], 'my-u-nu-mymr'],
    [['fr'], 'en'],
    [['enx'], 'en'],
  ] as const)
    it(`of ${JSON.stringify(wanted)} is ${spoken}`, () => expect(chooseLanguage(wanted)).to.match(new RegExp(`^${spoken}`)));
});
