/** Every state of a checkout is two clicks away on the QA page, in each currency that the demo sells in. */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { demoKeys } from '../../../server/demo-keys.ts';
import { axeFaults } from '../../support/axe.ts';
import { setUpDemo } from '../../support/demo-harness.ts';
import { showState } from '../../support/show-state.ts';
import { waitFor } from '../../support/wait-for.ts';

describe('the QA page', () => {
  const harness = setUpDemo({ context: { permissions: ['clipboard-read', 'clipboard-write'] } });

  beforeEach(async () => {
    await harness.page.goto(harness.demo.urls.qa);
    await field().waitFor();
  });

  const phone = () => harness.page.frameLocator('qa-preview[size=phone] iframe');
  const desktop = () => harness.page.frameLocator('qa-preview[size=wide] iframe');
  const field = () => phone().getByRole('textbox', { name: 'Pay code' });
  const click = (name: string | RegExp) => harness.page.getByRole('button', { name }).click();
  const pay = (sum: string) =>
    phone()
      .getByRole('button', { name: `Pay ${sum}` })
      .click();
  const logged = (line: string) =>
    harness.page
      .getByRole('list', { name: 'Log entries' })
      .getByRole('listitem')
      .filter({ hasText: new RegExp(line.replace(' ', '\\s*')) })
      .first()
      .waitFor();
  const checkoutIs = (status: string) => phone().locator(`pay-desk[data-status=${status}]`).waitFor();
  const alertShows = (text: RegExp) => phone().getByRole('alert').getByText(text).waitFor();

  for (const [currency, sum, good, typed] of [
    ['MMK', '6,000 MMK', 'MMKG0001', '6000'],
    ['UZS', '5,000 UZS', 'UZSG0001', '5000'],
  ] as const) {
    it(`sells in ${currency} as soon as it is selected, at the price of its codes`, async () => {
      await harness.page.getByLabel('Currency').selectOption(currency);
      await phone()
        .getByRole('button', { name: `Pay ${sum}` })
        .waitFor();
      assert.equal(await harness.page.getByLabel('Amount', { exact: true }).inputValue(), typed);
      await click(/GOOD0020/);
      await pay(sum);
      await alertShows(/nothing was charged/);
      await click(new RegExp(good));
      await pay(sum);
      await phone().getByRole('heading', { name: 'Paid' }).waitFor();
      assert.equal(harness.demo.paycodes.ledger().uses.at(-1)?.code, good);
    });
  }

  it('has a wallet app, filled in from the checkout: a click types the number of its transfer', async () => {
    await harness.page.getByLabel('Currency').selectOption('MMK');
    const app = harness.page.getByRole('form', { name: 'Wallet app' });
    await phone().getByRole('button', { name: 'Wave Pay' }).click();
    await phone().getByText('324 342 342').waitFor();
    await harness.page.getByText('Filled in from the checkout').waitFor();
    assert.equal(await app.getByLabel('To number').inputValue(), '324342342');
    assert.equal(await app.getByLabel('Amount, MMK').inputValue(), '6000.00');
    await click('Pay in the app');
    await click('Put it into the checkout');
    await phone().getByRole('button', { name: 'I’ve sent the money' }).click();
    await checkoutIs('succeeded');
    await logged('transaction/activate wavepay');
    const [transfer] = harness.demo.paykassma.ledger().transfers.slice(-1);
    assert.ok(transfer?.custom_transaction_id && transfer.amount === 6000);
    // The app declines an account that is not the shop's, and nothing is paid.
    await app.getByLabel('To number').fill('999');
    await click('Pay in the app');
    await harness.page.getByText('999 is no account of ours').waitFor();
  });

  it('has cards to copy and the phone that gets their SMS; its ledger shows the last four digits only', async () => {
    const copied = () => harness.page.evaluate(() => navigator.clipboard.readText());
    await harness.page.getByLabel('Currency').selectOption('UZS');
    await phone().getByRole('radio', { name: 'Card' }).check();
    const form = phone().frameLocator('pay-card-frame iframe');
    await click(/^8600 0691 9540 6311/);
    await waitFor(async () => (await copied()) === '8600069195406311');
    await form.getByLabel('Card number').fill(await copied());
    await form.getByLabel('Expires').fill('0399');
    await form.getByLabel('Your phone').fill('901234567');
    await form.getByRole('button', { name: 'Get SMS code' }).click();
    const messages = harness.page.getByRole('log', { name: 'Messages' });
    await messages.getByText('Payme · card ····6311').waitFor();
    // The form in a frame comes after headings of the page around it.
    const faults = (await axeFaults(harness.page)).filter((fault) => !fault.startsWith('page-has-heading-one'));
    assert.deepEqual(faults, []);
    await click(/^Copy \d{6}$/);
    await waitFor(async () => /^\d{6}$/.test(await copied()));
    await form.getByLabel('SMS code').fill(await copied());
    await form.getByRole('button', { name: 'Pay 5,000 UZS' }).click();
    await checkoutIs('succeeded');
    await logged('receipts.pay ····6311');
    assert.doesNotMatch((await harness.page.getByRole('list', { name: 'Log entries' }).textContent()) ?? '', /\d{13}|666666/);
    await click('Refund this payment');
    await checkoutIs('refunding');
  });

  it('sells with a card form that sends the card directly to Payme, too', async () => {
    await showState(harness.page, 'card-direct');
    const form = phone().frameLocator('pay-card-frame iframe');
    await form.getByText('straight to Payme').waitFor();
    await form.getByLabel('Card number').fill('8600069195406311');
    await form.getByLabel('Expires').fill('0399');
    await form.getByRole('button', { name: 'Get SMS code' }).click();
    await form.getByLabel('SMS code').fill('666666');
    await form.getByRole('button', { name: 'Pay 5,000 UZS' }).click();
    await checkoutIs('succeeded');
    const { calls, payments } = harness.demo.payme.ledger();
    assert.deepEqual(
      calls.filter(({ method }) => /^cards.(create|verify)$/.test(method)).map(({ auth }) => auth),
      ['id', 'id'],
    );
    assert.equal(payments.at(-1)?.amount, 500_000);
  });

  it('changes the settings of Payme, until a reset', async () => {
    await harness.page.getByLabel('Currency').selectOption('UZS');
    const settings = async () =>
      (await (await fetch(`${harness.demo.urls.payme}/_/settings`)).json()) as { pay: string; failAt: Record<string, string> };
    await harness.page.getByRole('radio', { name: 'In steps' }).check();
    await harness.page.getByLabel('fails at').selectOption('cards.verify');
    await waitFor(async () => {
      const { pay, failAt } = await settings();
      return pay === 'stepwise' && failAt['8600069195406311'] === 'cards.verify';
    });
    await click('Reset Payme');
    await harness.page.getByText('Payme was reset').waitFor();
    await waitFor(() => harness.page.getByRole('radio', { name: 'At once' }).isChecked());
    assert.equal((await settings()).pay, 'instant');
  });

  it('has an operator who credits a number that was not found', async () => {
    await harness.page.getByLabel('Currency').selectOption('MMK');
    await click(/^10…03/);
    await phone().getByRole('button', { name: 'I’ve sent the money' }).click();
    await alertShows(/can’t find this transfer yet/);
    await click(/^Credit 10\d{6}03 with 6000 MMK/);
    await checkoutIs('succeeded');
  });

  it('can be shared by its URL: the same payment, language and theme, and the typed code', async () => {
    await harness.page.getByLabel('Currency').selectOption('MMK');
    await harness.page.getByLabel('Language').selectOption('Polski');
    await click(/GOOD0020/);
    await harness.page.waitForFunction(() => location.hash.includes('code=GOOD0020'));
    await harness.page.goto('about:blank');
    await harness.page.goBack();
    await phone()
      .getByRole('button', { name: /Zapłać 6\s?000\sMMK/ })
      .waitFor();
    await harness.page.waitForFunction(
      () =>
        document
          .querySelector<HTMLIFrameElement>('qa-preview iframe')
          ?.contentDocument?.querySelector('pay-desk')
          ?.shadowRoot?.querySelector<HTMLInputElement>('input[type=text]')?.value === 'GOOD 0020',
    );
  });

  it('keeps a payment processing while PayCodes cannot be read', async () => {
    await click('Answer lost, unknown for half a minute');
    await harness.page.getByText('Ordered').waitFor();
    await click(/GOOD00\d\d paid/);
    await pay('25.00 PLN');
    await checkoutIs('processing');
    await phone().getByText('Please don’t pay again while we check').waitFor();
    await harness.page.getByRole('list', { name: 'Log entries' }).getByText('none, before:reset').nth(2).waitFor();
    await checkoutIs('processing');
  });

  it('shows one payment on a phone and on a desktop: what one pays the other shows', async () => {
    await showState(harness.page, 'two-tabs');
    await desktop().getByText('You are paying in another tab').first().waitFor();
    for (const tab of [phone(), desktop()]) await tab.getByRole('heading', { name: 'Paid' }).waitFor();
    const used = harness.demo.paycodes.ledger().uses.map(({ code }) => code);
    assert.deepEqual([...new Set(used)], used);
  });

  it('changes language and theme in both at once', async () => {
    await harness.page.getByLabel('Language').selectOption('Polski');
    await harness.page.getByRole('radio', { name: 'Dark' }).check();
    for (const tab of [phone(), desktop()]) {
      await tab.getByText('Kod płatniczy').first().waitFor();
      assert.equal(await tab.locator('html').getAttribute('data-theme'), 'dark');
    }
  });

  it('moves the BFF’s clock, shows that meanwhile, and sets it back', async () => {
    const notice = harness.page.locator('qa-environment-notice');
    await harness.page
      .getByRole('group', { name: /^BFF’s clock/ })
      .getByRole('button', { name: '+1 day' })
      .click();
    await notice.getByText('The BFF’s clock is 1 day ahead').waitFor();
    await checkoutIs('expired');
    await harness.page.waitForFunction(() => location.hash.includes('bff=86400000'));
    // Webhooks are signed with the machine's time, so the shop can verify them.
    await logged('payment.expired accepted');
    await notice.getByRole('button', { name: 'Back to normal' }).click();
    await notice.getByText('ahead').waitFor({ state: 'detached' });
    await click('New payment');
    await field().waitFor();
  });

  it('shows that the network is cut; when it is back, the checkout continues by itself', async () => {
    await showState(harness.page, 'offline');
    await harness.page.getByText('The network is cut').waitFor();
    const noticeCount = () => phone().getByText('This page carries on by itself').count();
    await waitFor(async () => (await noticeCount()) === 2);
    await click('Back to normal');
    // The live region keeps its text, and the visible message disappears.
    await waitFor(async () => (await noticeCount()) === 1);
  });

  it('shares clocks, faults, previews and the embedding by its URL', async () => {
    const other = await harness.context.newPage();
    await other.goto(`${harness.demo.urls.qa}#embed=mount&width=wide&faults=lost&paycodes=3600000`);
    await other
      .frameLocator('qa-preview[size=wide] iframe')
      .locator('#checkout[data-call=mount] pay-desk[data-status=open]')
      .waitFor();
    assert.equal(await other.locator('qa-preview').count(), 1);
    await other.getByText('PayCodes’ clock is 1 hour ahead').waitFor();
    assert.equal(await other.getByRole('button', { name: 'Code used, answer lost' }).getAttribute('aria-current'), 'true');
    const { faults } = (await (await fetch(`${harness.demo.urls.paycodes}/_/faults`)).json()) as { faults: unknown[] };
    assert.equal(faults.length, 1);
  });

  it('filters its log and copies what it shows, without any secret', async () => {
    await showState(harness.page, 'succeeded');
    await logged('use_code demo-enter');
    await click('Copy');
    const read = () => harness.page.evaluate(() => navigator.clipboard.readText());
    const whole = await read();
    for (const kind of ['event', 'bff', 'paycodes', 'webhook']) assert.match(whole, new RegExp(`\\t${kind}\\t`));
    const [use] = harness.demo.paycodes.ledger().uses;
    const secret = await phone()
      .locator('pay-desk')
      .evaluate((element) => (element as HTMLElement & { clientSecret: string }).clientSecret);
    for (const hidden of [use?.code ?? assert.fail('no use'), secret, demoKeys.apiKey]) assert.ok(!whole.includes(hidden));
    await harness.page.getByRole('searchbox', { name: 'Filter the log' }).fill('USE_CODE');
    await click('Copied');
    await waitFor(async () => (await read()).split('\n').length === 1);
    assert.match(await read(), /use_code/);
  });
});
