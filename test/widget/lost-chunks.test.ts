/**
 * The chunk of the later screens does not load, and the widget shows a plain text instead. It needs a page of its own, because
 * browsers keep a module that has loaded once.
 */
import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { HttpResponse } from 'msw';
import { FakeBff } from './support/fake-bff.ts';
import { loseChunk } from './support/lose-chunk.ts';
import { PayDeskHarness } from './support/pay-desk-harness.ts';
import { allStates, checking, openPayment, paid } from './support/payment-view.ts';

const laterScreens = 'widget/screens/later-screens.ts';

describe('when the chunk of the later screens does not load', () => {
  // Nothing fades, so that no test waits for it.
  before(() => emulateMedia({ reducedMotion: 'reduce' }));
  after(() => emulateMedia({ reducedMotion: 'no-preference' }));

  it('a customer pays, and reads that it is paid, how much, what happens now and what to quote', async () => {
    const bff = new FakeBff();
    await loseChunk(laterScreens);
    const customer = await PayDeskHarness.open(bff);
    bff.replies.push(() => HttpResponse.json(bff.move(paid())));
    await customer.pay('GOOD0001');
    await customer.until(() => customer.heading === 'Paid', 'the words');
    for (const words of ['25.00 PLN', 'We’ve told the shop too', 'Reference: PD-7Q4K-19TZ'])
      expect(customer.text).to.contain(words);
    expect(customer.text).to.not.contain('GOOD');
    expect(customer.focused?.textContent).to.equal('Paid');
    expect(customer.polite).to.equal('Paid');
  });

  it('a payment that is being checked shows that in words, and then its result', async () => {
    const bff = new FakeBff(openPayment(checking()));
    await loseChunk(laterScreens);
    const customer = await PayDeskHarness.open(bff);
    for (const words of ['We are checking your payment', 'Please don’t pay again', 'We keep checking', 'PD-7Q4K-19TZ'])
      expect(customer.text).to.contain(words);
    bff.move(paid());
    await customer.until(() => customer.heading === 'Paid', 'the end');
  });

  for (const [name, words] of [
    ['checked by a person', 'Please don’t pay again'],
    ['expired', 'Already paid? Don’t pay\u00a0twice'],
    ['underpaid', 'Please don’t send the rest'],
  ] as const)
    it(`a payment that is ${name} keeps the customer from paying twice`, async () => {
      const bff = new FakeBff(allStates[name]?.());
      await loseChunk(laterScreens);
      const customer = await PayDeskHarness.open(bff);
      await customer.until(() => customer.text.includes(words.replace('\u00a0', ' ')), 'the words');
    });

  it('a page whose client secret has expired explains what to do, and not to pay again', async () => {
    const bff = new FakeBff();
    await loseChunk(laterScreens);
    const customer = await PayDeskHarness.open(bff);
    Object.assign(bff, { secret: 'cs_rotated' });
    await customer.checkout.refresh();
    await customer.until(() => customer.heading === 'Open this payment again', 'the words');
    expect(customer.text).to.contain('don’t pay again').and.to.contain('PD-7Q4K-19TZ');
  });

  for (const [name, view] of Object.entries(allStates))
    it(`no state is blank, and a reload shows the same text: ${name}`, async () => {
      const bff = new FakeBff(view());
      await loseChunk(laterScreens);
      const first = await PayDeskHarness.open(bff);
      const text = await first.everything(false);
      if (!first.has('input') && !first.has('panel')) expect(text).to.contain(first.checkout.view?.reference ?? '?');
      first.checkout.remove();
      const again = await PayDeskHarness.open(bff);
      expect(await again.everything(false)).to.equal(text);
    });

  for (const name of ['transferring', 'transfer not found yet', 'an SMS to send', 'saved cards', 'a code from an SMS'])
    it(`a form has its whole style sheet all the same: ${name}`, async () => {
      const bff = new FakeBff(allStates[name]?.());
      await loseChunk(laterScreens);
      const customer = await PayDeskHarness.open(bff);
      const buttons = [...customer.root.querySelectorAll('button')];
      // Chromium's own grey for buttons.
      const bare = buttons.filter((button) => getComputedStyle(button).backgroundColor === 'rgb(239, 239, 239)');
      expect(buttons.length).to.be.greaterThan(0);
      expect(bare.map(({ className }) => className)).to.deep.equal([]);
      for (const copy of customer.root.querySelectorAll('.copy')) expect(getComputedStyle(copy).width).to.equal('44px');
    });

  it('the receipt is drawn as soon as the chunk has loaded, and its heading has the focus that the words had', async () => {
    const bff = new FakeBff();
    const found = await loseChunk(laterScreens);
    const customer = await PayDeskHarness.open(bff);
    bff.replies.push(() => HttpResponse.json(bff.move(paid())));
    await customer.pay('GOOD0001');
    await customer.until(() => customer.focused?.textContent === 'Paid', 'the focus on the words');
    expect(customer.has('receipt')).to.be.false;
    found();
    window.dispatchEvent(new Event('online'));
    await customer.until(() => customer.has('receipt'), 'the receipt');
    expect(customer.heading).to.equal('Paid');
    await customer.until(() => customer.focused?.textContent === 'Paid', 'the focus on the heading');
  });
});
