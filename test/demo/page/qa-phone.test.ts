/**
 * The customer's phone on the QA page sends the requested SMS, receives the reply, and shows the price; a click types a discount
 * code.
 */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { sms as texts } from '../../../widget/messages/sms/en.ts';
import { axeFaults } from '../../support/axe.ts';
import { setUpDemo } from '../../support/demo-harness.ts';

describe('the phone of the QA page', () => {
  const harness = setUpDemo();

  beforeEach(async () => {
    assert.ok((await fetch(new URL('/qa/reset', harness.demo.urls.qa), { method: 'POST' })).ok);
    await harness.page.goto(`${harness.demo.urls.qa}#width=phone`);
    await checkoutIs('open');
  });

  const checkout = () => harness.page.frameLocator('qa-preview[size=phone] iframe');
  const checkoutIs = (status: string) => checkout().locator(`pay-desk[data-status=${status}]`).waitFor();
  const inCheckout = (name: string) => checkout().getByRole('button', { name }).click();
  const payIt = () => checkout().locator('pay-desk button[part=submit]').click();
  const click = (name: string | RegExp) => harness.page.getByRole('button', { name }).click();
  const form = () => harness.page.getByRole('form', { name: 'New SMS' });
  const filled = () => harness.page.getByText('Filled in from the checkout').waitFor();
  const messages = () => harness.page.getByRole('log', { name: 'Messages' }).getByRole('listitem');
  const ledger = () => harness.demo.paycodes.ledger();

  it('sends the SMS that the checkout shows, and types the code that came back, by three clicks', async () => {
    await inCheckout(texts.get);
    await filled();
    assert.equal(await form().getByLabel('To').inputValue(), '7255');
    assert.equal(await form().getByLabel('Text').inputValue(), 'PAY.DEMO');
    await click('Send SMS');
    await messages().filter({ hasText: 'cost 25.00 PLN' }).waitFor();
    assert.match((await messages().first().textContent()) ?? '', /Your code: [A-Z0-9]{8}/);
    const faults = (await axeFaults(harness.page)).filter((fault) => !fault.startsWith('page-has-heading-one'));
    assert.deepEqual(faults, []);
    await click(/^Type [A-Z0-9]{8}$/);
    await payIt();
    await checkoutIs('succeeded');
    assert.equal(ledger().uses[0]?.ruleSlug, 'demo-sms');
    // The code works once, so the page's address does not hold it.
    assert.doesNotMatch(harness.page.url(), /code=/);
  });

  it('sends a shown code; delivered twice, it costs once and pays once', async () => {
    await inCheckout(texts.pay);
    await filled();
    await form().getByLabel('twice').check();
    await click('Send SMS');
    await checkoutIs('succeeded');
    assert.deepEqual([ledger().uses.length, ledger().charges.length], [1, 1]);
    await messages().filter({ hasText: 'Thank you' }).waitFor();
  });

  it('sends an SMS that arrives by PayCodes’ clock, and is charged when it has arrived', async () => {
    await inCheckout(texts.pay);
    await filled();
    await form().getByLabel('Arrives').selectOption('after 20 minutes');
    await click('Send SMS');
    await messages().first().waitFor();
    assert.deepEqual([await messages().count(), await messages().filter({ hasText: 'cost' }).count()], [1, 0]);
    await harness.page
      .getByRole('group', { name: /^PayCodes’ clock/ })
      .getByRole('button', { name: '+1 hour' })
      .click();
    await checkoutIs('succeeded');
    await messages().filter({ hasText: 'cost 25.00 PLN' }).waitFor();
  });

  it('sends any text to any number: a wrong one is answered, and costs as much', async () => {
    await form().getByLabel('To').fill('7255');
    await form().getByLabel('Text').fill('HELLO');
    await click('Send SMS');
    await messages().filter({ hasText: 'Unknown keyword' }).waitFor();
    await messages().filter({ hasText: 'cost 25.00 PLN' }).waitFor();
    assert.equal(await harness.page.getByRole('button', { name: /^Type / }).count(), 0);
  });

  it('has discount codes to click: the rest is paid by a code of that value', async () => {
    await click('30.00 PLN');
    await checkout().getByRole('button', { name: 'Pay 30.00 PLN' }).waitFor();
    await click(/^DISC5PLN/);
    await payIt();
    await checkout().getByRole('button', { name: texts.discountRemove }).waitFor();
    await click(/^GOOD0001/);
    await payIt();
    await checkoutIs('succeeded');
    assert.deepEqual(
      ledger().uses.map(({ code }) => code),
      ['DISC5PLN', 'GOOD0001'],
    );
    // The next code of its kind.
    await harness.page.getByRole('button', { name: /^FIVE0001/ }).waitFor();
  });
});
