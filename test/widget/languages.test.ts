/** Which language is shown, how it is written, and how a customer chooses another one. */
import { expect } from '@open-wc/testing';
import { directionOf, languageCodes, languageNames } from '#contract';
import type { PayLanguageChangeEvent } from '../../widget/events.ts';
import { bn } from '../../widget/messages/bn.ts';
import { hi } from '../../widget/messages/hi.ts';
import { chooseLanguage } from '../../widget/messages/language.ts';
import { ne } from '../../widget/messages/ne.ts';
import { ru } from '../../widget/messages/ru.ts';
import { ur } from '../../widget/messages/ur.ts';
import { uzCyrl } from '../../widget/messages/uz-Cyrl.ts';
import { FakeBff } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { openPayment, transferring, walletPayment } from './support/payment-view.ts';

const texts = (messages: object): string[] =>
  Object.values(messages).flatMap((value) => (typeof value === 'string' ? [value] : texts(value)));

describe('each language is written in its own letters', () => {
  for (const [code, words, letters] of [
    ['bn', bn, /[\u0980-\u09ff]/],
    ['hi', hi, /[\u0900-\u097f]/],
    ['ne', ne, /[\u0900-\u097f]/],
    ['ur', ur, /[\u0600-\u06ff]/],
    ['uz-Cyrl', uzCyrl, /[а-яёўқғҳ]/i],
  ] as const)
    it(code, () => {
      for (const text of texts({ ...words, currencies: {} }))
        if (!['UPI ID', 'MM/YY', 'Test'].includes(text)) expect(text).to.match(letters);
    });

  it('Uzbek in Cyrillic has its own letters and no Latin ones, but names and what is typed', () => {
    const all = texts(uzCyrl).join(' ');
    for (const letter of 'ўқғҳ') expect(all).to.contain(letter);
    const rest = all.replace(
      /\{.*?\}|SMS|QR|CVC|Payment|Payme|Uzcard|Humo|[OI]\/[01]|PNG|JPEG|WebP|Cash Out|Send Money|UPI ID|MB/g,
      '',
    );
    expect(rest.match(/\S*[a-zʻʼ]\S*/i)?.[0]).to.equal(undefined);
  });

  it('no text has digits that a customer could not type', () => {
    for (const words of [bn, hi, ne, ur]) for (const text of texts(words)) expect(text).to.not.match(/(?![0-9])\p{Nd}/u);
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
    [['uz-Cyrl-UZ'], 'uz-Cyrl-UZ'],
    [['uz_Cyrl_UZ'], 'uz-Cyrl-UZ'],
    [['bn-BD'], 'bn-BD'],
    [['ur_PK'], 'ur-PK'],
    [['es-CR'], 'es-CR'],
    [['hi-IN'], 'hi-IN'],
    [['ne-NP'], 'ne-NP'],
    [['hi-Latn', 'en-IN'], 'en-IN'],
    [['ur-Latn'], 'en'],
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

describe('Urdu', () => {
  it('runs from right to left, and what is typed or copied does not', async () => {
    const customer = await PayDeskHarness.open(new FakeBff(transferring({ currency: 'PKR' })), { locale: 'ur' });
    await customer.until(() => customer.root.querySelector('pay-copy-row bdi'), 'what to copy');
    expect(getComputedStyle(customer.root.querySelector('[part=root]') as Element).direction).to.equal('rtl');
    for (const part of ['input', 'pay-copy-row bdi'])
      expect(getComputedStyle(customer.root.querySelector(part) as Element).direction, part).to.equal('ltr');
  });

  it('is the only one of ours that does', () =>
    expect(languageCodes.filter((code) => directionOf(code) === 'rtl')).to.deep.equal(['ur']));
});

describe('the list of languages', () => {
  const offered = ({ root }: PayDeskHarness) =>
    [...root.querySelectorAll('select.language option')].map(({ textContent }) => textContent);
  const listOf = async (customer: PayDeskHarness) => {
    await customer.until(() => customer.root.querySelector('select.language'), 'the list of languages');
    return customer.root.querySelector('select.language') as HTMLSelectElement;
  };
  const bkash = { walletType: 'bkash', name: 'bKash', screenshot: false, languages: ['en', 'bn'] };

  it('has the language that is shown, those of the wallets, and English', async () => {
    const customer = await PayDeskHarness.open(
      new FakeBff(walletPayment({ nextAction: { kind: 'choose_wallet', wallets: [bkash] } })),
      { locale: 'ru' },
    );
    const list = await listOf(customer);
    expect(offered(customer).slice(0, 3)).to.deep.equal([languageNames.ru, languageNames.en, languageNames.bn]);
    expect(list.getAttribute('aria-label')).to.equal('Язык');
    await customer.until(() => list.getBoundingClientRect().height >= 44, 'a target for a thumb'); // the styles may come later
  });

  it('changes the language, keeps what was typed, and tells the page; the way back stays in it', async () => {
    const customer = await PayDeskHarness.open(new FakeBff(openPayment({ locale: 'bn' })), { locale: 'pl' });
    const list = await listOf(customer);
    const shown: string[] = [];
    customer.checkout.addEventListener('pay-language-change', ({ locale }) => shown.push(locale));
    await customer.type('ABCD');
    list.value = 'bn';
    list.dispatchEvent(new Event('change', { bubbles: true }));
    await customer.until(() => customer.root.querySelector('label')?.textContent === bn.codeLabel, 'Bengali');
    expect(customer.root.querySelector('input')?.value).to.equal('ABCD');
    expect(shown).to.deep.equal(['bn']);
    expect(customer.checkout.locale).to.equal('bn');
    expect(offered(customer)).to.include(languageNames.pl);
  });

  describe('the choice', () => {
    const choose = async (customer: PayDeskHarness, code: string) => {
      const list = await listOf(customer);
      list.value = code;
      list.dispatchEvent(new Event('change', { bubbles: true }));
      await customer.until(() => customer.checkout.locale === code, code);
    };
    /** The languages that were shown, the first one first. */
    const reopen = async (locale: string | null) => {
      const shown: string[] = [];
      const note = (event: Event) => void shown.push((event as PayLanguageChangeEvent).locale);
      document.addEventListener('pay-language-change', note);
      const customer = await PayDeskHarness.open(new FakeBff(openPayment({ locale: 'bn' })), { locale });
      document.removeEventListener('pay-language-change', note);
      return { customer, shown };
    };
    beforeEach(() => sessionStorage.clear());
    after(() => sessionStorage.clear());

    for (const asked of ['pl', null])
      it(`survives a reload of a page that asks for ${asked ?? 'no language'}, and nothing else is shown before it`, async () => {
        await choose((await reopen(asked)).customer, 'en');
        const { customer, shown } = await reopen(asked);
        expect(shown).to.deep.equal(['en']);
        expect(customer.checkout.locale).to.equal('en');
      });

    it('ends where the page asks for another language', async () => {
      const { customer } = await reopen('pl');
      await choose(customer, 'bn');
      customer.checkout.locale = 'ru';
      await customer.until(() => customer.root.querySelector('label')?.textContent === ru.codeLabel, 'Russian');
      await choose(customer, 'en');
      expect((await reopen('ru')).customer.checkout.locale).to.equal('en');
      expect((await reopen('pl')).customer.checkout.locale).to.equal('bn');
      expect((await reopen('hi')).customer.checkout.locale).to.equal('hi');
    });

    it('is made all the same where storage throws, and is gone after a reload', async () => {
      const own = Object.getOwnPropertyDescriptor(window, 'sessionStorage') as PropertyDescriptor;
      Object.defineProperty(window, 'sessionStorage', {
        configurable: true,
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
      try {
        const { customer } = await reopen('pl');
        await choose(customer, 'bn');
        await customer.until(() => customer.root.querySelector('label')?.textContent === bn.codeLabel, 'Bengali');
        expect((await reopen('pl')).customer.checkout.locale).to.equal('pl');
      } finally {
        Object.defineProperty(window, 'sessionStorage', own);
      }
    });
  });

  it('is not there for who has nothing to choose from', async () => {
    const customer = await PayDeskHarness.open(new FakeBff(openPayment()), { locale: 'en' });
    await customer.until(() => customer.root.querySelector('pay-language-switch:defined'), 'the later screens');
    const { size } = new Set(
      navigator.languages.map((tag) => tag.slice(0, 2)).filter((code) => code in languageNames && code !== 'en'),
    );
    if (!size) expect(customer.root.querySelector('select.language')).to.equal(null);
  });
});
