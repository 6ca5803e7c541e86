/** A try that was stopped although the page still holds the payment for open: no button that pays nothing, and no dead end. */
import { expect } from '@open-wc/testing';
import { HttpResponse } from 'msw';
import type { PaymentView } from '#contract';
import { FakeBff, problemResponse } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { checking, openPayment, transferring, walletPayment, wallets } from './support/payment-view.ts';

const reference = 'req-20';

async function stoppedBy(code: 'payment_processing' | 'payment_expired' | 'order_conflict', view: PaymentView = openPayment()) {
  const bff = new FakeBff({ ...view, problem: { code, reference } });
  const customer = await PayDeskHarness.open(bff);
  await customer.until(() => customer.heading, 'the screen in place of the form');
  return { bff, customer };
}

const payButton = ({ root }: PayDeskHarness) =>
  [...root.querySelectorAll('button')].find(({ textContent }) => /Pay \d/.test(textContent ?? ''));

describe('a payment that is checked elsewhere', () => {
  let bff: FakeBff;
  let customer: PayDeskHarness;
  beforeEach(async () => {
    sessionStorage.clear();
    bff = new FakeBff();
    customer = await PayDeskHarness.open(bff);
    bff.replies.push(() => problemResponse(409, { code: 'payment_processing', reference }, bff.view));
    await customer.pay('GOOD0001');
    await customer.until(() => customer.heading === 'We are checking your payment', 'the screen');
  });

  it('is not to be paid again: it has no field, but a button that looks again', async () => {
    expect(customer.has('input')).to.be.false;
    expect(payButton(customer)).to.equal(undefined);
    expect(customer.text).to.contain('Please don’t pay again while we check.').and.to.contain('PD-7Q4K-19TZ');
    expect(customer.root.querySelector('.footer p')?.getClientRects(), 'a word about the code').to.have.length(0);
    expect(customer.buttonNamed('Check now')?.part.value, 'the way back comes first').to.equal('secondary');
    await customer.until(() => customer.focused?.textContent === 'We are checking your payment', 'the focus');
  });

  it('has its form back where it may be paid after all, with what was typed and the focus', async () => {
    customer.buttonNamed('Check now')?.focus();
    customer.buttonNamed('Check now')?.click();
    await customer.until(() => customer.has('input'), 'the form');
    expect(customer.field.value).to.equal('GOOD 0001');
    expect(customer.has('error')).to.be.false;
    await customer.until(() => customer.focused === customer.field, 'the focus');
  });

  it('is followed where it is checked indeed', async () => {
    bff.view = { ...bff.view, ...checking(), version: 2 };
    customer.buttonNamed('Check now')?.click();
    await customer.until(() => customer.has('details') && customer.text.includes('Started'), 'what is known of it');
    expect(customer.buttonNamed('Check now')).to.not.equal(undefined);
  });
});

describe('a payment that cannot be paid any more', () => {
  for (const [code, heading, text] of [
    ['payment_expired', 'The time to pay is up', 'Nothing was charged. To buy this, start again in the shop.'],
    [
      'order_conflict',
      'This order can’t be paid here',
      'This order has changed, so nothing was charged. Start again in the shop.',
    ],
  ] as const) {
    it(`leads back to the shop: ${code}`, async () => {
      const { customer } = await stoppedBy(code);
      expect(customer.heading).to.equal(heading);
      expect(customer.text).to.contain(text);
      expect(customer.has('input')).to.be.false;
      expect(customer.root.querySelectorAll('button.submit')).to.have.length(0);
      expect(customer.root.querySelector<HTMLAnchorElement>('a[part=submit]')?.href).to.equal('https://shop.example/cart');
    });

    it(`can be looked at again where there is no way back: ${code}`, async () => {
      const { customer } = await stoppedBy(code, openPayment({ returnUrls: {} }));
      expect(customer.button.textContent).to.equal('Try again');
      await customer.click();
      await customer.until(() => customer.has('input'), 'the form');
    });
  }

  it('does not say that nothing was charged to who may have transferred', async () => {
    const { customer } = await stoppedBy('payment_expired', transferring());
    expect(customer.text).to.contain('If you have sent the money, show the shop the payment reference');
    expect(customer.text).to.not.contain('othing was charged');
  });
});

it('a question that comes first is asked: the earlier transfer is still looked for', async () => {
  const view = walletPayment({
    methods: ['wallet', 'pay_code'],
    nextAction: { kind: 'choose', options: [{ kind: 'choose_wallet', wallets }, { kind: 'enter_code' }] },
  });
  const bff = new FakeBff(view);
  const customer = await PayDeskHarness.open(bff, { method: 'pay_code' });
  const confirm: PaymentView['nextAction'] = {
    kind: 'confirm',
    reason: 'second_payment',
    options: [{ kind: 'choose_wallet', wallets }, { kind: 'enter_code' }],
  };
  bff.replies.push(() =>
    HttpResponse.json(
      {
        ...{ code: 'payment_processing', field: 'acknowledge', reference, title: 'x' },
        view: bff.move({ nextAction: confirm, problem: { code: 'payment_processing', field: 'acknowledge', reference } }),
      },
      { status: 409, headers: { 'content-type': 'application/problem+json' } },
    ),
  );
  await customer.pay('GOOD0001');
  await customer.until(() => customer.buttonNamed('Pay another way anyway'), 'the question');
});
