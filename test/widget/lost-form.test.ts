/** The code of the wallet form does not load. It needs a page of its own, because browsers keep a module that has loaded once. */
import { expect } from '@open-wc/testing';
import { FakeBff } from './support/fake-bff.ts';
import { loseChunk } from './support/lose-chunk.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { walletPayment } from './support/payment-view.ts';

it('a form whose code does not load is reported as missing, and is shown as soon as the code loads after all', async () => {
  const bff = new FakeBff(walletPayment());
  const found = await loseChunk('widget/methods/wallet/wallet-form.ts');
  const customer = await PayDeskHarness.place(bff);
  await customer.until(() => customer.text.includes('We can’t reach the payment service'), 'the message');
  expect(customer.text).to.contain('Nova Books').and.contain('6,000 MMK');
  found();
  window.dispatchEvent(new Event('online'));
  await customer.until(() => customer.root.querySelector('pay-wallet-form form'), 'the form');
  expect(customer.text).to.not.contain('We can’t reach the payment service');
});
