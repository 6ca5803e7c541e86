/** Every state in every language and both themes: accessible, nothing cut off, no target too small for a thumb. */

import { aTimeout, expect, nextFrame } from '@open-wc/testing';
import { emulateMedia, executeServerCommand, setViewport } from '@web/test-runner-commands';
import { type LanguageCode, languageCodes } from '#contract';
import { axeFaults, type Rules } from './support/axe.ts';
import { FakeBff } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { allStates, openPayment } from './support/payment-view.ts';

type Ground = readonly [LanguageCode, 'light' | 'dark', Rules];
/**
 * Contrast depends on the theme, and not on the text; the other rules see the same elements in every language, but for the direction.
 * `npm run test:all` checks both in every language all the same.
 */
const grounds: readonly Ground[] = (await executeServerCommand<boolean, undefined>('isExhaustive'))
  ? languageCodes.flatMap((code) => [[code, 'light', 'all'] as const, [code, 'dark', 'contrast'] as const])
  : [
      ['en', 'light', 'all'],
      ['en', 'dark', 'contrast'],
      ['ur', 'light', 'besides contrast'],
    ];

/** Changes the language and the theme of a checkout that is open, and waits until it is drawn again. */
async function turnTo(customer: PayDeskHarness, locale: LanguageCode, theme: 'light' | 'dark' = 'light') {
  const { checkout, root } = customer;
  Object.assign(checkout, { locale, theme });
  if (checkout.parentElement) checkout.parentElement.style.background = theme === 'dark' ? '#151d1a' : '#fff';
  await customer.until(
    () => root.querySelector('[part=root]')?.getAttribute('lang') === locale && customer.drawn,
    `the screen in ${locale}`,
  );
  // The texts of the later forms come after those of the first screen.
  await nextFrame();
  await aTimeout(0);
  await checkout.updateComplete;
  await customer.rest(); // half-faded text has no contrast
}

/** Checks the screen as it is, in each language and theme. */
async function expectAccessible(customer: PayDeskHarness) {
  for (const [locale, theme, rules] of grounds) {
    await turnTo(customer, locale, theme);
    const { parentElement } = customer.checkout;
    const faults = parentElement ? await axeFaults(parentElement, rules) : ['no checkout'];
    expect(faults.join('\n'), `${locale}, ${theme}`).to.equal('');
  }
}

/** Everything stays within the checkout. */
function expectWidth({ root, checkout }: PayDeskHarness, where: string) {
  const { left, right } = checkout.getBoundingClientRect();
  // Behind its places, the field of an SMS code is wider than what is seen of it.
  for (const element of root.querySelectorAll('*:not(.unseen, .unseen *, .bone, #sms-code)')) {
    const box = element.getBoundingClientRect();
    if (box.width === 0) continue;
    // The padding of a button without an edge hangs into that of the checkout, so that its icon stands in line.
    const room = element.matches('.copy, .copy *') ? 9 : 1;
    expect(box.right, `${where}: ${element.tagName}.${element.className}`).to.be.at.most(right + room);
    expect(box.left, `${where}: ${element.tagName}.${element.className}`).to.be.at.least(left - room);
  }
}

/** Targets are large enough for a thumb. */
function expectTargets({ root }: PayDeskHarness, where: string) {
  for (const target of root.querySelectorAll('a, button, input[type=text], label:has([type=radio])')) {
    const box = target.getBoundingClientRect();
    expect(box.height, `${where}: ${target.className}`).to.be.at.least(44);
    expect(box.width, `${where}: ${target.className}`).to.be.at.least(44);
  }
  for (const main of root.querySelectorAll('[part=submit], [part=input]'))
    expect(main.getBoundingClientRect().height, where).to.be.at.least(52);
}

const longNames = {
  merchantName: 'Very-Long-Bookshop-Name-Without-Any-Break',
  orderId: 'ORDER-1234567890-1234567890-1234567890',
};
/** Twice the sizes of the widget's theme, CSS pixels. */
const large = { '': 32, '-small': 28, '-title': 44, '-amount': 68 };

describe('every state on a narrow phone', () => {
  before(async () => {
    await setViewport({ width: 320, height: 640 });
    // Ends fading at once, so that the test need not wait for it.
    await emulateMedia({ reducedMotion: 'reduce' });
  });
  after(() => emulateMedia({ reducedMotion: 'no-preference' }));
  afterEach(() => document.body.removeAttribute('style'));

  for (const [name, view] of Object.entries(allStates))
    it(`is accessible, and in no language cut off or too small, with long names, and with text twice as large: ${name}`, async () => {
      const customer = await PayDeskHarness.open(new FakeBff({ ...view(), ...longNames }));
      await expectAccessible(customer);
      for (const code of languageCodes) {
        await turnTo(customer, code);
        expectWidth(customer, code);
        expectTargets(customer, code);
        for (const [size, pixels] of Object.entries(large))
          document.body.style.setProperty(`--pay-font-size${size}`, `${pixels}px`);
        expectWidth(customer, `${code}, large`);
        document.body.removeAttribute('style');
      }
    });

  it('is accessible: loading', async () => {
    const bff = new FakeBff();
    bff.gate = new Promise(() => {});
    const customer = await PayDeskHarness.place(bff);
    await customer.until(() => customer.root.querySelector('.bone'), 'the skeleton');
    await expectAccessible(customer);
  });

  it('is accessible: a link that does not open', async () => {
    await expectAccessible(await PayDeskHarness.open(new FakeBff(), { clientSecret: 'cs_of_another' }));
  });

  it('is accessible: an expired client secret, offline', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
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
    const customer = await PayDeskHarness.open(bff);
    bff.replies.push(() => new Promise(() => {}));
    await customer.pay('GOOD0001');
    await customer.until(
      () => getComputedStyle(customer.root.querySelector('.working') ?? document.body).visibility === 'visible',
      'the spinner',
    );
    await expectAccessible(customer);
  });
});

describe('while the payment loads', () => {
  before(() => setViewport({ width: 390, height: 844 }));

  for (const locale of ['en', 'my', 'ru', 'uz', 'pl'] as const)
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
