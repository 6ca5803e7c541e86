/** Opening a payment: where the secret comes from, what is shown when it does not open, and which method is shown first. */
import { expect, fixture, html } from '@open-wc/testing';
import type { PayDesk } from '../../widget/element/pay-desk.ts';
import { define } from '../../widget/parts/elements.ts';
import { FakeBff } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { openPayment, paid, states } from './support/payment-view.ts';

const choosing = () => new FakeBff(states.choosing?.());
const radios = ({ root }: PayDeskHarness) => [...root.querySelectorAll<HTMLInputElement>('input[type=radio]')];

describe('opening a payment', () => {
  it('sends nothing without a client secret, and opens the payment when one is set', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.place(bff, { clientSecret: null });
    await customer.nothingMore();
    expect(bff.requests).to.be.empty;
    customer.checkout.setAttribute('client-secret', bff.secret);
    await customer.until(() => customer.has('input'), 'the field');
  });

  it('calls the origin of its own script where no api-base is set', async () => {
    const bff = new FakeBff(openPayment(), location.origin);
    const checkout = Object.assign(document.createElement('pay-desk'), { clientSecret: bff.secret });
    const customer = new PayDeskHarness(await fixture<PayDesk>(checkout));
    await customer.until(() => customer.has('input'), 'the field');
  });

  for (const apiBase of [
    `data:application/json,${encodeURIComponent(JSON.stringify(paid()))}#`,
    URL.createObjectURL(new Blob([JSON.stringify(paid())])).concat('#'),
    'javascript:alert(1)//',
    ' data:,#',
    '//pay.example',
  ]) {
    it(`sends nothing to ${apiBase.slice(0, 12)}…, which is not a web address`, async () => {
      const checkout = Object.assign(document.createElement('pay-desk'), { clientSecret: 'cs_1', apiBase, locale: 'en' });
      const customer = new PayDeskHarness(await fixture<PayDesk>(checkout));
      await customer.until(() => checkout.dataset.status === 'load_error', 'the refusal');
      expect(checkout.view).to.equal(null);
      expect(customer.has('input')).to.equal(false);
    });
  }

  it('keeps the first definition when a second copy of the widget is loaded', () => {
    const first = customElements.get('pay-desk');
    define('pay-desk', class extends HTMLElement {});
    expect(customElements.get('pay-desk')).to.equal(first);
  });

  it('reads the payment when its time is up, and explains what that means', async () => {
    const bff = new FakeBff(openPayment({ expiresAt: new Date(Date.now() + 700).toISOString() }));
    const customer = await PayDeskHarness.open(bff);
    bff.move({ status: 'expired', nextAction: { kind: 'none' } });
    await customer.until(() => customer.heading === 'The time to pay is up', 'the end');
    for (const words of ['Nothing was charged', 'Already paid?', 'PD-7Q4K-19TZ', 'Back to Nova Books'])
      await customer.until(() => customer.text.includes(words), words);
  });

  it('asks the page for the client secret, and once more when the first is no longer accepted', async () => {
    const bff = new FakeBff();
    const minted = ['cs_stale', bff.secret];
    const customer = await PayDeskHarness.place(bff, { clientSecret: null });
    customer.checkout.fetchClientSecret = async () => minted.shift() ?? '';
    await customer.until(() => customer.has('input'), 'the field');
    expect(minted).to.be.empty;
    expect(bff.requests.map(({ secret }) => secret)).to.deep.equal(['cs_stale', bff.secret]);
  });

  it('shows that a link does not work, without the reason', async () => {
    const customer = await PayDeskHarness.open(new FakeBff(), { clientSecret: 'cs_of_another' });
    expect(customer.heading).to.equal('We can’t open this payment');
    expect(customer.text).to.contain('Go back to the shop').and.to.contain('req-404');
    expect(customer.checkout.error?.code).to.equal('not_found');
    expect(customer.root.querySelector('slot[name=fallback]')).to.exist;
  });

  it('does not mention a code where the BFF fails before one could be typed', async () => {
    const bff = new FakeBff();
    bff.broken = true;
    const customer = await PayDeskHarness.open(bff);
    expect(customer.text).to.contain('The payment service has a fault').and.to.contain('req-500');
    expect(customer.text).to.not.contain('the same code');
  });

  it('shows an error for a client secret that a header cannot hold', async () => {
    const customer = await PayDeskHarness.place(new FakeBff(), { clientSecret: 'cs_ငွေ\n' });
    await customer.until(() => customer.checkout.error?.code === 'network', 'the words');
    expect(customer.checkout.dataset.status).to.equal('load_error');
  });

  it('shows that there is no connection, and tries again on demand', async () => {
    const bff = new FakeBff();
    bff.unreachable = true;
    const customer = await PayDeskHarness.open(bff);
    expect(customer.text).to.contain('Check your connection');
    bff.unreachable = false;
    await customer.click();
    await customer.until(() => customer.has('input'), 'the field');
  });

  it('does not send the customer looking for a fault of their own where the page is refused', async () => {
    const bff = new FakeBff();
    bff.refusesOrigin = true;
    const { error } = console;
    const written: unknown[] = [];
    console.error = (words) => void written.push(words);
    const customer = await PayDeskHarness.place(bff);
    await customer.until(() => customer.text.includes('Payments are not set up on this page yet'), 'the truth');
    expect(customer.text).to.not.contain('Check your connection');
    expect(customer.root.querySelector('[role=alert]')?.textContent).to.contain('Payments are not set up');
    // The next try gets no answer either, which is no news.
    window.dispatchEvent(new Event('online'));
    await customer.until(() => bff.reads.length >= 2, 'another try');
    await customer.nothingMore();
    expect(customer.text).to.not.contain('Check your connection');
    console.error = error;
    expect(written.filter((words) => String(words).includes('allowedOrigins'))).to.have.length(1);
    bff.refusesOrigin = false;
    await customer.click();
    await customer.until(() => customer.has('input'), 'the field');
  });

  it('tries again by itself when the connection is back', async () => {
    const bff = new FakeBff();
    bff.unreachable = true;
    const customer = await PayDeskHarness.open(bff);
    bff.unreachable = false;
    window.dispatchEvent(new Event('online'));
    await customer.until(() => customer.has('input'), 'the field');
  });

  it('shows another payment when the client secret changes, and nothing of the previous one', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    await customer.type('GOOD0001');
    const next = new FakeBff(openPayment({ id: 'pay_another', due: 900, orderId: '10483' }));
    Object.assign(next, { secret: 'cs_test_2' });
    customer.checkout.clientSecret = 'cs_test_2';
    await customer.until(() => customer.text.includes('10483'), 'the other payment');
    expect(customer.field.value).to.equal('');
    expect(customer.text).to.contain('9.00 PLN');
  });

  it('uses the language of the page, then of the browser, where no locale is set', async () => {
    document.documentElement.lang = 'my';
    try {
      const customer = await PayDeskHarness.open(new FakeBff(), { locale: null });
      expect(customer.root.querySelector('[part=root]')?.getAttribute('lang')).to.equal('my');
      document.documentElement.lang = 'tlh';
      const other = await PayDeskHarness.open(new FakeBff(), { locale: 'not a tag!' });
      expect(other.root.querySelector('[part=root]')?.getAttribute('lang')).to.match(/^en/);
    } finally {
      document.documentElement.lang = 'en';
    }
  });

  it('speaks the language that the merchant’s server named, where the page names none for the checkout', async () => {
    const langOf = (customer: PayDeskHarness) => customer.root.querySelector('[part=root]')?.getAttribute('lang');
    document.documentElement.lang = 'pl';
    try {
      const bff = new FakeBff(openPayment({ locale: 'uz' }));
      const customer = await PayDeskHarness.open(bff, { locale: null });
      expect(langOf(customer)).to.equal('uz');
      expect(customer.text).to.not.match(/Pay code|Zapłać/);
      customer.checkout.locale = 'ru';
      await customer.until(() => langOf(customer) === 'ru', 'the page’s own choice');
      const unknown = await PayDeskHarness.open(new FakeBff(openPayment({ locale: 'tlh' })), { locale: null });
      expect(langOf(unknown)).to.equal('pl');
    } finally {
      document.documentElement.lang = 'en';
    }
  });

  it('keeps characters that turn the direction of an order and a description within their own lines', async () => {
    const turning = '\u202e\u2069\u202eevil';
    const customer = await PayDeskHarness.open(new FakeBff(openPayment({ orderId: turning, description: turning })));
    const lines = [...customer.root.querySelectorAll('.order')];
    expect(lines).to.have.length(2);
    // A grid item is a block, and no direction passes the end of a block.
    for (const line of lines) expect(getComputedStyle(line).display).to.equal('block');
    expect(customer.root.querySelector('.amount')?.textContent?.trim()).to.match(/^25\.00 PLN$/);
  });

  it('shows what is paid for, where the merchant’s server has described it', async () => {
    const customer = await PayDeskHarness.open(new FakeBff(openPayment({ description: 'Two tickets, row 7 <b>' })));
    expect(customer.text).to.contain('Two tickets, row 7 <b>');
  });

  it('uses the merchant’s own texts', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    customer.checkout.translations = { en: { codeLabel: 'Nova gift code', problems: {} as never } };
    await customer.until(() => customer.text.includes('Nova gift code'), 'the words');
    expect(customer.text).to.contain('Spaces don’t matter');
  });
});

describe('choosing a way to pay', () => {
  it('offers native radios in the order of the payment, the first one chosen', async () => {
    const customer = await PayDeskHarness.open(choosing());
    expect(radios(customer).map(({ value, checked }) => [value, checked])).to.deep.equal([
      ['pay_code', true],
      ['wallet', false],
    ]);
  });

  it('offers no radios where there is one method', async () => {
    expect(radios(await PayDeskHarness.open(new FakeBff()))).to.be.empty;
  });

  it('is narrowed and ordered by the page, never widened', async () => {
    const turned = await PayDeskHarness.open(choosing(), { methods: 'wallet pay_code card' });
    expect(radios(turned).map(({ value }) => value)).to.deep.equal(['wallet', 'pay_code']);
    const none = await PayDeskHarness.open(new FakeBff(), { methods: 'card' });
    expect(none.heading).to.equal('This order can’t be paid here');
  });

  it('is reported to the page and reflected in the attribute', async () => {
    const customer = await PayDeskHarness.open(choosing());
    const methods: string[] = [];
    customer.checkout.addEventListener('pay-method-change', ({ method }) => methods.push(method));
    radios(customer)[0]?.focus();
    await customer.press('ArrowDown');
    expect(methods).to.deep.equal(['wallet']);
    expect(customer.checkout.getAttribute('method')).to.equal('wallet');
  });
});

describe('where the focus goes', () => {
  it('goes to the heading of the next screen when it was in the checkout', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.open(bff);
    customer.field.focus();
    bff.move(paid());
    await customer.checkout.refresh();
    await customer.until(() => customer.focused?.textContent === 'Paid', 'the heading in focus');
  });

  it('stays elsewhere on the page when it was there; the change is announced', async () => {
    const bff = new FakeBff();
    const elsewhere = await fixture<HTMLInputElement>(html`<input aria-label="search" />`);
    const customer = await PayDeskHarness.open(bff);
    elsewhere.focus();
    bff.move(paid());
    await customer.checkout.refresh();
    await customer.until(() => customer.polite === 'Paid', 'the news');
    expect(document.activeElement).to.equal(elsewhere);
  });

  it('is not taken when the checkout opens', async () => {
    const customer = await PayDeskHarness.open(new FakeBff());
    expect(customer.focused).to.equal(null);
  });

  it('does not replace the two live regions, which exist from the start', async () => {
    const bff = new FakeBff();
    const customer = await PayDeskHarness.place(bff);
    await customer.checkout.updateComplete;
    const regions = () => [...customer.root.querySelectorAll('[aria-live=polite], [aria-live=assertive]')];
    const first = regions();
    expect(first).to.have.length(2);
    await customer.until(() => customer.has('input'), 'the field');
    bff.move(paid());
    await customer.checkout.refresh();
    expect(regions()).to.deep.equal(first);
  });
});
