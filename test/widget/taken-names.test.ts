/**
 * A shop may have defined elements with names as plain as `card-form` before the widget loads. None of them may prevent a
 * payment.
 */
import { expect } from '@open-wc/testing';
import type { PaymentView } from '#contract';
import { FakeBff } from './support/fake-bff.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { cardPayment, openPayment, sendingSms, transferring } from './support/payment-view.ts';

const plainNames = ['sms-form', 'card-form', 'card-frame', 'wallet-form', 'code-options', 'card-desk'];

before(() => {
  for (const name of plainNames) customElements.define(name, class extends HTMLElement {});
});

const forms: Record<string, [view: () => PaymentView, shown: string]> = {
  'what else a pay code offers': [
    () => openPayment({ nextAction: { kind: 'enter_code', canBuyBySms: true, canPayBySms: true } }),
    'Buy a code by SMS',
  ],
  'the form for an SMS': [() => sendingSms(), 'Send this SMS'],
  'the form for wallets': [() => transferring(), 'Transfer from your Wave Pay app'],
  'the form for a card': [() => cardPayment(), 'Card number'],
};

for (const [name, [view, shown]] of Object.entries(forms))
  it(`${name} is shown on a page that has defined another element of that name`, async () => {
    sessionStorage.clear();
    const customer = await PayDeskHarness.place(new FakeBff(view()));
    await customer.until(() => customer.text.includes(shown), shown);
    expect(customer.checkout.dataset.status).to.be.oneOf(['open', 'awaiting_customer']);
  });
