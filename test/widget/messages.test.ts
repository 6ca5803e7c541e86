/** Texts and numbers: complete in every language, with the same placeholders, and amounts as people write them. */
import { expect } from '@open-wc/testing';
import { bn } from '../../widget/messages/bn.ts';
import { en } from '../../widget/messages/en.ts';
import { es } from '../../widget/messages/es.ts';
import { hi } from '../../widget/messages/hi.ts';
import { createLanguage, problemText } from '../../widget/messages/language.ts';
import { keepPhrases, my } from '../../widget/messages/my.ts';
import { ne } from '../../widget/messages/ne.ts';
import { keepShortWords, pl } from '../../widget/messages/pl.ts';
import { ru } from '../../widget/messages/ru.ts';
import { ur } from '../../widget/messages/ur.ts';
import { uz } from '../../widget/messages/uz.ts';
import { uzCyrl } from '../../widget/messages/uz-Cyrl.ts';
import { openPayment } from './support/payment-view.ts';

/** The visible text, without the characters that prevent line breaks or keep a direction. */
const plain = (text: string) => text.replace(/[\u2060\u2066\u2069]/g, '').replaceAll('\u00a0', ' ');
/** Every text by its path: `problems.code_used`. */
const texts = (messages: object, path = ''): [path: string, text: string][] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, plain(value)] as [string, string]] : texts(value, `${path}${key}.`),
  );
/** The placeholders of a text; plural forms differ by language, but the number they belong to does not. */
const places = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name]) => name))].sort();

/** The same in every language. */
const isName = (text: string) => text === 'UPI ID' || text === 'MM/YY';

const others = { my, ru, uz, 'uz-Cyrl': uzCyrl, pl, bn, ur, hi, ne, es };
const english = new Map(texts(en));

for (const [code, words] of Object.entries(others))
  describe(`words in ${code}`, () => {
    const own = new Map(texts(words).filter(([key]) => !key.startsWith('currencies.')));

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
      for (const [key, text] of english) if (text.endsWith('.')) expect(own.get(key), key).to.match(/[.။।۔]$/);
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
    'uz-Cyrl': /пул ечилмади|у ишлатилмади/i,
    bn: /কোনো টাকা কাটা হয়নি|ব্যবহার করা হয়নি/,
    ur: /کوئی پیسے نہیں کٹے|کوڈ استعمال نہیں ہوا/,
    hi: /पैसे नहीं कटे|इस्तेमाल नहीं हुआ/,
    ne: /पैसा काटिएको छैन|प्रयोग गरिएन/,
    es: /no se le cobró nada|no se usó/i,
  };
  for (const [code, words] of Object.entries({ en, ...others }))
    it(`state for every decline of a code or a card that nothing was charged, ${code}`, () => {
      for (const [key, text] of texts(words))
        if (key.startsWith('problems.code_') || refusalOfCard.test(key))
          expect(text.normalize('NFC'), key).to.match(nothingTaken[code as keyof typeof nothingTaken]);
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

describe('a merchant’s own words', () => {
  it('override ours, for all languages and then for one, and leave the rest', () => {
    const { texts } = createLanguage('ru', ru, { copy: 'Copy!', problems: { network: 'Oops' } }, { copy: 'Взять' }, null);
    expect(texts.copy).to.equal('Взять');
    expect(texts.problems.network).to.equal('Oops');
    expect(texts.problems.internal).to.equal(ru.problems.internal);
    expect(ru.problems.network).to.not.equal('Oops');
  });
});
