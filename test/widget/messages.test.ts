/** Texts and numbers: complete in every language, with the same placeholders, and amounts as people write them. */
import { expect } from '@open-wc/testing';
import { en } from '../../widget/messages/en.ts';
import { fill, formatAmount, formatMoment } from '../../widget/messages/format.ts';
import { chooseLanguage, createLanguage, problemText } from '../../widget/messages/language.ts';
import { keepPhrases, my } from '../../widget/messages/my.ts';
import { keepShortWords, pl } from '../../widget/messages/pl.ts';
import { ru } from '../../widget/messages/ru.ts';
import { uz } from '../../widget/messages/uz.ts';
import { elapsedText } from '../../widget/parts/rows.ts';
import { openPayment } from './support/payment-view.ts';

/** The visible text, without the characters that prevent line breaks. */
const plain = (text: string) => text.replaceAll('\u2060', '').replaceAll('\u00a0', ' ');
/** Every text by its path: `problems.code_used`. */
const texts = (messages: object, path = ''): [path: string, text: string][] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, plain(value)] as [string, string]] : texts(value, `${path}${key}.`),
  );
/** The placeholders of a text; plural forms differ by language, but the number they belong to does not. */
const places = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))].sort();

/** The same in every language. */
const isName = (text: string) => text === 'UPI ID';

const others = { my, ru, uz, pl };
const english = new Map(texts(en));

for (const [code, words] of Object.entries(others))
  describe(`words in ${code}`, () => {
    const own = new Map(texts(words));

    it('have the keys of English, none empty', () => {
      expect([...own.keys()].sort()).to.deep.equal([...english.keys()].sort());
      for (const [key, text] of own) expect(text.trim(), key).to.not.equal('');
    });

    it('have the same placeholders', () => {
      for (const [key, text] of english) expect(places(own.get(key) ?? ''), key).to.deep.equal(places(text));
    });

    it('are translated', () => {
      for (const [key, text] of english) if (!isName(text)) expect(own.get(key), key).to.not.equal(text);
    });

    it('include the visible text of the copy button in its accessible name', () =>
      expect(words.copyReference.toLowerCase()).to.contain(words.copy.toLowerCase()));

    it('end with a full stop where English does', () => {
      for (const [key, text] of english) if (text.endsWith('.')) expect(own.get(key), key).to.match(/[.။]$/);
    });

    it('have no space at an end, none twice, and no straight quotes', () => {
      for (const [key, text] of own) expect(text, key).to.not.match(/^\s|\s$|\s\s|['"`]/);
    });
  });

describe('words', () => {
  it('are Burmese in Burmese, in Unicode and without the marks of Zawgyi', () => {
    for (const [key, text] of texts(my)) {
      if (!isName(text)) expect(text, key).to.match(/[\u1000-\u109f]/);
      expect(text, key).to.not.match(/[\u1060-\u109d]|\u1031\u1031|(^|[^\u1000-\u103f])\u1031/);
    }
  });

  it('are Cyrillic in Russian, except for names and what is typed', () => {
    for (const [key, text] of texts(ru))
      if (!isName(text))
        expect(
          text.replace(/\{.*?\}|SMS|QR|CVC|Payme\b|Uzcard|Humo|[OI]\/[01]|PNG|JPEG|WebP|Cash Out|Send Money|Payment/g, ''),
          key,
        )
          .to.match(/[а-яё]/i)
          .and.not.match(/[a-z]/i);
  });

  it('have the turned comma of Uzbek after o and g, and the apostrophe elsewhere', () => {
    for (const [key, text] of texts(uz)) expect(text, key).to.not.match(/[og]['’‘`ʼ]|[^og]ʻ|['’‘`]/i);
  });

  /** Problems of a card that was not charged; unknown and refunded payments have other texts. */
  const refusalOfCard = /^card\.problems\.(?!payment_reversed|idempotency_conflict|internal|network)/;
  const nothingTaken = {
    en: /nothing was charged|was not used/i,
    my: /ငွေ မဖြတ်ထားပါ|ကုဒ်ကို အသုံးမပြုထားပါ/,
    ru: /деньги не списаны|мы его не использовали/i,
    uz: /pul yechilmadi|u ishlatilmadi/i,
    pl: /nie pobraliśmy pieniędzy|go nie użyliśmy/i,
  };
  for (const [code, words] of Object.entries({ en, ...others }))
    it(`state for every decline of a code or a card that nothing was charged, ${code}`, () => {
      for (const [key, text] of texts(words))
        if (key.startsWith('problems.code_') || refusalOfCard.test(key))
          expect(text, key).to.match(nothingTaken[code as keyof typeof nothingTaken]);
    });

  it('name the day on which a code expired or becomes valid', () => {
    const say = (code: 'code_expired' | 'code_not_yet_valid') =>
      problemText({ code, reference: '', at: '2026-11-21T12:00:00Z' }, createLanguage('en', en), openPayment());
    expect(say('code_expired')).to.contain('21 Nov 2026');
    expect(say('code_not_yet_valid')).to.contain('21 Nov 2026');
  });

  it('fill in the amount that a code must be worth', () => {
    const text = problemText({ code: 'code_value_too_low', reference: '' }, createLanguage('en', en), openPayment());
    expect(text).to.contain('25.00\u00a0PLN');
  });
});

it('Polish words of one letter are joined to the next by a no-break space', () => {
  const tied = keepShortWords({ text: 'Wróć i zapłać w sklepie z {amount}. I tak, a w ogóle.', deeper: { text: 'do Nova' } });
  expect(tied.text.replaceAll('\u00a0', '_')).to.equal('Wróć i_zapłać w_sklepie z_{amount}. I_tak, a_w_ogóle.');
  expect(tied.deeper.text).to.equal('do Nova');
});

describe('Burmese phrases', () => {
  it('do not break inside a syllable, stacked and borrowed ones too, but at our spaces', () => {
    const held = keepPhrases({ text: 'ဤလင့်ခ်ကို သုံး၍ ကျွန်ုပ်တို့ဘက်တွင် {amount} ဝတ္ထု', deeper: { text: 'SMS ပါ' } });
    expect(held.text.replaceAll('\u2060', '·')).to.equal('ဤ·လ·င့်·ခ်·ကို သုံး·၍ ကျွ·န်ု·ပ်·တို့·ဘ·က်·တွ·င် {amount} ဝ·တ္ထု');
    expect(held.deeper.text).to.equal('SMS ပါ');
  });

  it('are short enough for two on a line of a narrow phone', () => {
    for (const [key, text] of texts(my))
      for (const phrase of text.split(' '))
        expect([...phrase.replace(/[\u102b-\u103e]/g, '')].length, `${key}: ${phrase}`).to.be.below(16);
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

describe('a merchant’s own words', () => {
  it('override ours, for all languages and then for one, and leave the rest', () => {
    const { texts } = createLanguage('ru', ru, { copy: 'Copy!', problems: { network: 'Oops' } }, { copy: 'Взять' }, null);
    expect(texts.copy).to.equal('Взять');
    expect(texts.problems.network).to.equal('Oops');
    expect(texts.problems.internal).to.equal(ru.problems.internal);
    expect(ru.problems.network).to.not.equal('Oops');
  });
});

describe('the language', () => {
  for (const [wanted, spoken] of [
    [['my-MM', 'en'], 'my-MM'],
    [['MY', null], 'my'],
    [[null, '', 'fr', 'my'], 'my'],
    [['tlh', 'not a tag!', 'en-US'], 'en-US'],
    [['my-u-nu-mymr'], 'my-u-nu-mymr'],
    [['ru-UZ', 'uz'], 'ru-UZ'],
    [['uz-Latn'], 'uz-Latn'],
    [['uk', 'pl-PL'], 'pl-PL'],
    [['en-GB'], 'en-GB'],
    [['constructor', 'toString'], 'en'],
    [['fr'], 'en'],
    [['enx'], 'en'],
    [['ru_RU'], 'ru-RU'],
    [['my_MM', 'en'], 'my-MM'],
  ] as const)
    it(`of ${JSON.stringify(wanted)} is ${spoken}`, () => expect(chooseLanguage(wanted)).to.match(new RegExp(`^${spoken}`)));
});
