/** Amounts, moments and plural forms, as people write them in each language. */
import { expect } from '@open-wc/testing';
import { bn } from '../../widget/messages/bn.ts';
import { en } from '../../widget/messages/en.ts';
import { es } from '../../widget/messages/es.ts';
import { fill, formatAmount, formatMoment } from '../../widget/messages/format.ts';
import { hi } from '../../widget/messages/hi.ts';
import { createLanguage } from '../../widget/messages/language.ts';
import { my } from '../../widget/messages/my.ts';
import { ne } from '../../widget/messages/ne.ts';
import { pl } from '../../widget/messages/pl.ts';
import { ru } from '../../widget/messages/ru.ts';
import { ur } from '../../widget/messages/ur.ts';
import { uz } from '../../widget/messages/uz.ts';
import { uzCyrl } from '../../widget/messages/uz-Cyrl.ts';
import { elapsedText } from '../../widget/parts/rows.ts';

/** The visible text, without the characters that prevent line breaks. */
const plain = (text: string) => text.replaceAll('\u2060', '').replaceAll('\u00a0', ' ');

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
  it('are short in English, numeric in Burmese and Uzbek', () => {
    expect(formatMoment('2026-11-21T12:05:00Z', 'en-GB')).to.match(/^2[012] Nov 2026, \d\d:\d\d$/);
    expect(formatMoment('2026-11-21T12:05:00Z', 'my')).to.match(/^2[012]\/11\/2026, \d\d:\d\d$/);
    expect(formatMoment('2026-11-21T12:05:00Z', 'uz-Latn')).to.match(/^2[012]\.11\.2026, \d\d:\d\d$/);
  });

  it('that are invalid are left out', () => expect(formatMoment('soon', 'en')).to.equal(''));

  for (const [seconds, expected] of [
    [-5, 'just now'],
    [59, 'just now'],
    [60, '1 min ago'],
    [3599, '59 min ago'],
    [7200, '2 h ago'],
  ] as const)
    it(`${seconds} s ago is ${expected}`, () => expect(elapsedText(seconds * 1000, en, 'en')).to.equal(expected));
});

describe('numbers and words together', () => {
  for (const [words, minutes, expected] of [
    [ru, 1, '1 минуту назад'],
    [ru, 3, '3 минуты назад'],
    [ru, 11, '11 минут назад'],
    [ru, 21, '21 минуту назад'],
    [pl, 1, '1 minutę temu'],
    [pl, 4, '4 minuty temu'],
    [pl, 12, '12 minut temu'],
    [pl, 22, '22 minuty temu'],
    [uz, 5, '5 daqiqa oldin'],
    [my, 5, 'လွန်ခဲ့သော 5 မိနစ်က'],
  ] as const)
    it(expected, () => {
      const tag = words === ru ? 'ru-UZ' : words === pl ? 'pl' : words === uz ? 'uz-Latn' : 'my-MM';
      expect(plain(elapsedText(minutes * 60_000, words, tag))).to.equal(expected);
    });

  for (const [words, tag, hours, expected] of [
    [ru, 'ru', 2, '2 часа назад'],
    [ru, 'ru', 5, '5 часов назад'],
    [pl, 'pl', 2, '2 godziny temu'],
    [pl, 'pl', 5, '5 godzin temu'],
    [uz, 'uz-Latn', 5, '5 soat oldin'],
    [my, 'my', 5, 'လွန်ခဲ့သော 5 နာရီက'],
  ] as const)
    it(expected, () => expect(plain(elapsedText(hours * 3_600_000, words, tag))).to.equal(expected));

  for (const [words, tag, length, expected] of [
    [ru, 'ru', 1, '1 знак:'],
    [ru, 'ru', 4, '4 знака:'],
    [ru, 'ru', 8, '8 знаков:'],
    [pl, 'pl', 4, '4 znaki:'],
    [pl, 'pl', 8, '8 znaków:'],
  ] as const)
    it(expected, () => expect(fill(words.codeHintLength, { length }, tag)).to.contain(expected));

  it('a countdown names no unit, because 0:42 is neither minutes nor seconds', () => {
    for (const words of [en, my, ru, uz, pl])
      for (const text of [words.retryIn, words.card.resendIn]) expect(plain(text)).to.not.match(/\{time\} ?(မိနစ်|мин|daqiqa|min)/);
  });

  it('use the last plural form where a merchant gave too few, and the plain text where there is no number', () => {
    expect(fill('{n} {n|файл|файла}', { n: 5 }, 'ru')).to.equal('5 файла');
    expect(fill('{n|a}{n}', {}, 'ru')).to.equal('a{n}');
  });

  for (const [tag, shown] of [
    ['en-GB', '1,234,567.50\u00a0PLN'],
    ['ru-UZ', '1\u00a0234\u00a0567,50\u00a0PLN'],
    ['uz-Latn-UZ', '1\u00a0234\u00a0567,50\u00a0PLN'],
    ['pl-PL', '1\u00a0234\u00a0567,50\u00a0PLN'],
  ] as const)
    it(`money in ${tag}: ${shown}`, () => expect(createLanguage(tag, en).money(123_456_750, 'PLN')).to.equal(shown));
});

describe('money of the countries whose wallets we have', () => {
  for (const [tag, words, currency, shown] of [
    ['bn-BD', bn, 'BDT', '৳12,34,567.50'],
    ['hi', hi, 'INR', '₹12,34,567.50'],
    ['ne-NP', ne, 'NPR', 'रु 12,34,567.50'],
    ['ur-PK', ur, 'PKR', '\u2066Rs 1,234,567.50\u2069'],
    ['es', es, 'CRC', '₡1 234 567,50'],
    ['uz-Cyrl', uzCyrl, 'UZS', '1 234 567,50 сўм'],
    ['uz', uz, 'UZS', '1 234 567,50 soʻm'],
    ['ru', ru, 'UZS', '1 234 567,50 сум'],
    ['pl-PL', pl, 'PLN', '1 234 567,50 zł'],
    ['my', my, 'MMK', '1,234,567.50 ကျပ်'],
    ['my', my, 'PLN', '1,234,567.50 PLN'],
    ['bn', bn, 'PLN', '12,34,567.50 PLN'],
  ] as const)
    it(`in ${tag} is ${shown}, in digits that can be typed`, () =>
      expect(plain(createLanguage(tag, words).money(123_456_750, currency))).to.equal(shown));

  it('has no decimals where nobody writes them', () =>
    expect(plain(createLanguage('es-CR', es).money(250_000, 'CRC'))).to.equal('₡2 500'));

  it('is dated by day, month and year, with the clock of twelve hours where people read that', () => {
    for (const tag of ['bn', 'ur', 'hi', 'ne'])
      expect(formatMoment('2026-11-21T12:05:00Z', tag)).to.match(/^2[012]\/11\/2026, \d\d:\d\d [ap]m$/);
    expect(plain(formatMoment('2026-11-21T12:05:00Z', 'es'))).to.match(/^2[012] nov 2026, \d{1,2}:\d\d [ap]. m.$/);
  });
});

it('a value keeps its own direction in a text that runs from right to left', () => {
  expect(fill(ur.card.sentTo, { phone: '+998 90 *** 45' })).to.contain('\u2068+998 90 *** 45\u2069');
  expect(fill(hi.card.sentTo, { phone: '+998 90 *** 45' })).to.not.match(/[\u2066-\u2069]/);
});
