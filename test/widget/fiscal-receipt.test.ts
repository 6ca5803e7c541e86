/** The fiscal receipt on the screens of a payment that is paid or refunded: the tax office's QR code, and a link to the same page. */
import { expect } from '@open-wc/testing';
import { qrPath } from '#contract';
import { FakeBff } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { fiscalUrl, withFiscalReceipt } from './support/payment-view.ts';

const drawn = ({ root }: PayDeskHarness) => root.querySelector('.fiscal svg');
const link = ({ root }: PayDeskHarness) => root.querySelector<HTMLAnchorElement>('.fiscal a');
const later = 'https://ofd.example/check?r=122';

describe('a fiscal receipt', () => {
  it('is drawn as the code of its address, with a name, and a link that leaves the payment open', async () => {
    const customer = await PayDeskHarness.open(new FakeBff(withFiscalReceipt()));
    await customer.until(() => drawn(customer) !== null, 'the QR code');
    const { path } = qrPath(new TextEncoder().encode(fiscalUrl)) ?? {};
    expect(drawn(customer)?.querySelector('path')?.getAttribute('d')).to.equal(path);
    expect(drawn(customer)?.getAttribute('aria-label')).to.equal('QR code of the fiscal receipt');
    expect([link(customer)?.href, link(customer)?.target, link(customer)?.rel]).to.deep.equal([
      fiscalUrl,
      '_blank',
      'noopener noreferrer',
    ]);
    expect(customer.text).to.contain('Fiscal receipt').and.to.contain('Open it on the tax office’s site');
  });

  it('is a link of its own on a phone, which could not scan a code on its own screen', async () => {
    const ownMatch = window.matchMedia;
    window.matchMedia = (query) => (query === '(pointer: coarse)' ? ownMatch('all') : ownMatch.call(window, query));
    try {
      const customer = await PayDeskHarness.open(new FakeBff(withFiscalReceipt()));
      const phoneLink = () => customer.root.querySelector<HTMLAnchorElement>('a[part=fiscal-receipt]');
      await customer.until(() => phoneLink()?.textContent === 'Open the fiscal receipt', 'the link');
      expect([phoneLink()?.href, drawn(customer)]).to.deep.equal([fiscalUrl, null]);
    } finally {
      window.matchMedia = ownMatch;
    }
  });

  it('that the cash register reports after the payment appears by itself, and the page is not told again that it is paid', async () => {
    const { setTimeout: real } = globalThis;
    const bff = new FakeBff(withFiscalReceipt({ fiscalReceiptUrl: undefined }));
    const told: string[] = [];
    try {
      // The first look is due after five seconds.
      Object.assign(globalThis, { setTimeout: (call: () => void, ms?: number) => real(call, ms === 5_000 ? 50 : ms) });
      const customer = await PayDeskHarness.open(bff);
      for (const type of ['pay-success', 'pay-status-change']) customer.checkout.addEventListener(type, () => told.push(type));
      expect(customer.root.querySelector('.fiscal')).to.equal(null);
      bff.move({ fiscalReceiptUrl: later });
      await customer.until(() => link(customer)?.href === later && drawn(customer) !== null, 'the receipt');
      expect(told).to.deep.equal([]);
    } finally {
      Object.assign(globalThis, { setTimeout: real });
    }
  });

  it('that was reported while the page was hidden appears once the customer is back', async () => {
    const { setTimeout: real } = globalThis;
    const ofTheBrowser = Object.getOwnPropertyDescriptor(Document.prototype, 'hidden') as PropertyDescriptor;
    const bff = new FakeBff(withFiscalReceipt({ fiscalReceiptUrl: undefined }));
    let looks = 0;
    const look = (call: () => void) => {
      looks += 1;
      call();
    };
    try {
      // The first look is quick, and the second one never comes.
      const waits = new Map([[10_000, 600_000]]);
      Object.assign(globalThis, {
        setTimeout: (call: () => void, ms = 0) => (ms === 5_000 ? real(look, 50, call) : real(call, waits.get(ms) ?? ms)),
      });
      const customer = await PayDeskHarness.open(bff);
      Object.defineProperty(Document.prototype, 'hidden', { configurable: true, get: () => true });
      const before = looks;
      await customer.until(() => looks > before, 'a look at a hidden page');
      bff.move({ fiscalReceiptUrl: later });
      Object.defineProperty(Document.prototype, 'hidden', ofTheBrowser);
      await customer.until(() => link(customer)?.href === later, 'the receipt');
    } finally {
      Object.defineProperty(Document.prototype, 'hidden', ofTheBrowser);
      Object.assign(globalThis, { setTimeout: real });
    }
  });

  for (const [what, changes] of [
    ['whose address is no https', { fiscalReceiptUrl: 'http://ofd.example/check' }],
    ['whose address is a script', { fiscalReceiptUrl: 'javascript:alert(1)' }],
    ['that there is none of', { fiscalReceiptUrl: undefined }],
  ] as const)
    it(`${what} is neither drawn nor linked`, async () => {
      const customer = await PayDeskHarness.open(new FakeBff(withFiscalReceipt(changes)));
      await customer.until(() => customer.heading === 'Paid', 'the screen');
      await customer.nothingMore();
      expect([drawn(customer), link(customer)]).to.deep.equal([null, null]);
      expect(customer.text).to.not.contain('Fiscal receipt');
    });

  it('of a return is shown where the payment is refunded', async () => {
    const view = withFiscalReceipt({ status: 'refunded', fiscalReceiptUrl: later });
    const customer = await PayDeskHarness.open(new FakeBff(view));
    await customer.until(() => link(customer)?.href === later, 'the receipt of the return');
  });
});
