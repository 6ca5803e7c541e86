/** Every state in every language and both themes: accessible, nothing cut off, no target too small for a thumb. */

import { expect } from '@open-wc/testing';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import type { PaymentView } from '#contract';
import { FakeBff } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { allStates, openPayment } from './support/payment-view.ts';

const languages = ['en', 'my', 'ru', 'uz', 'pl'] as const;
/**
 * Contrast depends on theme and size, and not on the text: the dark theme is checked in two languages, since Burmese is set
 * larger.
 */
const grounds = [...languages.map((locale) => [locale, 'light'] as const), ['en', 'dark'], ['my', 'dark']] as const;

/** Level AA of WCAG 2.2 and what axe calls best practice; the page around the element is not ours to check. */
const rules = { ignoredRules: ['region', 'page-has-heading-one', 'landmark-one-main'] };
/** Without what takes most of the time, and cannot differ from the English or the Burmese screen. */
const rulesBesideContrast = { ignoredRules: [...rules.ignoredRules, 'color-contrast'] };
const setLikeEnglish: readonly string[] = ['ru', 'uz', 'pl'];

async function show(view: PaymentView, locale: string, theme: 'light' | 'dark') {
  const customer = await PayDeskHarness.open(new FakeBff(view), { locale, theme });
  await customer.rest();
  return customer;
}

async function expectAccessible(customer: PayDeskHarness) {
  await customer.rest(); // half-faded text has no contrast
  const { locale } = customer.checkout;
  const checked = setLikeEnglish.includes(locale ?? '') ? rulesBesideContrast : rules;
  await expect(customer.checkout.parentElement).to.be.accessible(checked);
}

/** With names too long for a line: everything stays within the checkout, and targets stay large enough. */
function expectRoom({ root, checkout }: PayDeskHarness) {
  const { right } = checkout.getBoundingClientRect();
  // Behind its places, the field of an SMS code is wider than what is seen of it.
  for (const element of root.querySelectorAll('*:not(.unseen, #sms-code)')) {
    const box = element.getBoundingClientRect();
    expect(box.right, `${element.tagName}.${element.className}`).to.be.at.most(right + 1);
  }
  for (const target of root.querySelectorAll('a, button, input[type=text], label:has([type=radio])')) {
    const box = target.getBoundingClientRect();
    expect(box.height, target.className).to.be.at.least(44);
    expect(box.width, target.className).to.be.at.least(44);
  }
  for (const main of root.querySelectorAll('[part=submit], [part=input]'))
    expect(main.getBoundingClientRect().height).to.be.at.least(52);
}

const longNames = {
  merchantName: 'Very-Long-Bookshop-Name-Without-Any-Break',
  orderId: 'ORDER-1234567890-1234567890-1234567890',
};

for (const [locale, theme] of grounds)
  describe(`every state on a narrow phone, ${locale}, ${theme}`, () => {
    before(async () => {
      await setViewport({ width: 320, height: 640 });
      // Ends fading at once, so that the test need not wait for it.
      await emulateMedia({ reducedMotion: 'reduce' });
    });
    after(() => emulateMedia({ reducedMotion: 'no-preference' }));

    for (const [name, view] of Object.entries(allStates))
      it(`is accessible, and nothing is cut off or too small: ${name}`, async () => {
        const customer = await show({ ...view(), ...longNames }, locale, theme);
        expectRoom(customer);
        await expectAccessible(customer);
      });

    it('is accessible: loading', async () => {
      const bff = new FakeBff();
      bff.gate = new Promise(() => {});
      const customer = await PayDeskHarness.place(bff, { locale, theme });
      await customer.until(() => customer.root.querySelector('.bone'), 'the skeleton');
      await expectAccessible(customer);
    });

    it('is accessible: a link that does not open', async () => {
      await expectAccessible(await PayDeskHarness.open(new FakeBff(), { locale, theme, clientSecret: 'cs_of_another' }));
    });

    it('is accessible: an expired client secret, offline', async () => {
      const bff = new FakeBff();
      const customer = await PayDeskHarness.open(bff, { locale, theme });
      window.dispatchEvent(new Event('offline'));
      await customer.until(() => customer.root.querySelector('.notice'), 'the banner');
      await expectAccessible(customer);
      Object.assign(bff, { secret: 'cs_rotated' });
      await customer.checkout.refresh();
      await customer.until(() => customer.root.querySelector('.session'), 'the calm screen');
      await expectAccessible(customer);
    });

    it('is accessible: busy', async () => {
      const bff = new FakeBff();
      const customer = await PayDeskHarness.open(bff, { locale, theme });
      bff.replies.push(() => new Promise(() => {}));
      await customer.pay('GOOD0001');
      await customer.until(
        () => getComputedStyle(customer.root.querySelector('.working') ?? document.body).visibility === 'visible',
        'the spinner',
      );
      await expectAccessible(customer);
    });
  });

describe('with text twice as large on a narrow phone', () => {
  before(async () => {
    await setViewport({ width: 320, height: 640 });
    await emulateMedia({ reducedMotion: 'reduce' });
  });
  after(() => emulateMedia({ reducedMotion: 'no-preference' }));

  for (const locale of languages)
    it(`nothing is cut off, ${locale}`, async () => {
      const sizes = { '': 32, '-small': 28, '-title': 44, '-amount': 68 };
      for (const [name, size] of Object.entries(sizes)) document.body.style.setProperty(`--pay-font-size${name}`, `${size}px`);
      try {
        for (const [name, view] of Object.entries(allStates)) {
          const { root, checkout } = await show(view(), locale, 'light');
          const { right } = checkout.getBoundingClientRect();
          for (const element of root.querySelectorAll('*:not(.unseen, .bone, #sms-code)'))
            expect(element.getBoundingClientRect().right, `${name}: ${element.tagName}.${element.className}`).to.be.at.most(
              right + 1,
            );
          checkout.remove();
        }
      } finally {
        document.body.removeAttribute('style');
      }
    });
});

describe('while the payment loads', () => {
  before(() => setViewport({ width: 390, height: 844 }));

  for (const locale of languages)
    it(`the layout does not shift when the payment arrives, ${locale}`, async () => {
      const bff = new FakeBff(openPayment());
      let open = () => {};
      bff.gate = new Promise((resolve) => {
        open = resolve;
      });
      const customer = await PayDeskHarness.place(bff, { locale });
      await customer.until(() => customer.root.querySelector('.bone'), 'the skeleton');
      await customer.rest();
      const places = () => {
        const tops = ['.input', '.submit'].map(
          (selector) => customer.root.querySelector(selector)?.getBoundingClientRect().top ?? -1,
        );
        return [...tops, customer.checkout.offsetHeight];
      };
      const before = places();
      open();
      await customer.until(() => customer.has('input'), 'the field');
      await customer.rest();
      for (const [at, place] of places().entries()) expect(Math.abs(place - (before[at] ?? 0))).to.be.at.most(2);
    });

  it('a decline of two lines does not shift the layout', async () => {
    await setViewport({ width: 480, height: 844 });
    const bff = new FakeBff(openPayment());
    const customer = await PayDeskHarness.open(bff);
    await customer.rest();
    const top = () => customer.button.getBoundingClientRect().top;
    const before = top();
    bff.replies.push(() => bff.refuse(409, { code: 'code_used', reference: 'r' }));
    await customer.pay('USED0001');
    await customer.until(() => customer.has('error'), 'the refusal');
    expect(top()).to.equal(before);
  });
});

describe('the appearance', () => {
  it('uses the merchant’s tokens from the checkout and from any ancestor', async () => {
    const customer = await PayDeskHarness.open(new FakeBff());
    const ground = () => getComputedStyle(customer.button).backgroundColor;
    expect(ground()).to.equal('rgb(10, 106, 86)');
    document.documentElement.style.setProperty('--pay-color-accent', 'rgb(1, 2, 3)');
    expect(ground()).to.equal('rgb(1, 2, 3)');
    document.documentElement.style.removeProperty('--pay-color-accent');
  });

  it('is dark where the page is dark, and light on a page that does not support a dark scheme', async () => {
    const customer = await PayDeskHarness.open(new FakeBff(), { theme: 'auto' });
    const ink = () => getComputedStyle(customer.field).color;
    expect(ink()).to.equal('rgb(18, 33, 29)');
    document.documentElement.style.colorScheme = 'dark';
    expect(ink()).to.equal('rgb(234, 241, 238)');
    customer.checkout.theme = 'light';
    await customer.checkout.updateComplete;
    expect(ink()).to.equal('rgb(18, 33, 29)');
    document.documentElement.style.colorScheme = '';
  });

  it('shows a ring around the focused element', async () => {
    const customer = await PayDeskHarness.open(new FakeBff());
    await customer.type('G');
    await customer.until(() => getComputedStyle(customer.field).boxShadow.includes('rgb(10, 106, 86)'), 'the ring');
    await customer.press('Tab');
    expect(customer.focused).to.equal(customer.button);
    expect(getComputedStyle(customer.button).outlineStyle).to.equal('solid');
  });
});
