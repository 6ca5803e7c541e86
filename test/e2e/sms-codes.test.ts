/**
 * A customer who pays by SMS on the shop's page: gets a code by it, or sends the one that is shown. PayCodes' ledger shows what
 * was really used and paid, the shop's webhooks what the shop knows.
 */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { PaymentView } from '#contract';
import { en } from '../../widget/messages/en.ts';
import { type Purchase, shopper } from '../demo/shopper.ts';
import { axeFaults } from '../support/axe.ts';
import { setUpDemo } from '../support/demo-harness.ts';

const minute = 60_000;
const texts = en.sms;

describe('a customer who pays by SMS', () => {
  const harness = setUpDemo({ context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } });
  const { buy, post, send } = shopper(() => harness.demo);
  const ledger = () => harness.demo.paycodes.ledger();
  beforeEach(() => post('/qa/reset'));

  const checkout = (status: string) => harness.page.locator(`pay-desk[data-status=${status}]`).waitFor();
  /** The name of a way by SMS is followed by what it does. */
  const click = (name: string) => harness.page.getByRole('button', { name }).click();
  const read = (words: string) => harness.page.locator('pay-desk').getByText(words, { exact: true }).first().waitFor();
  const errorShows = (words: string) => harness.page.locator('pay-desk [part=error]').getByText(words).waitFor();
  const isClean = async () => assert.deepEqual(await axeFaults(harness.page), []);
  const moveClocks = async (advanceMs: number) => {
    await post('/qa/clock', { advanceMs });
    await post('/qa/paycodes/clock', { advanceMs });
  };
  /** On the shop's page. */
  const open = async (wanted: Parameters<typeof buy>[0] = { amount: 2500, currency: 'PLN' }): Promise<Purchase> => {
    const bought = await buy(wanted);
    await harness.page.goto(new URL(`/shop/checkout/${bought.orderId}?lang=en`, harness.demo.urls.qa).href);
    await harness.page.locator('pay-code-options button').first().waitFor();
    return bought;
  };
  const typeCode = async (code: string) => {
    await harness.page.locator('pay-desk form input').fill(code);
    await harness.page.locator('pay-desk button[part=submit]').click();
  };
  const shown = async ({ view }: Purchase): Promise<PaymentView['nextAction'] & { text: string }> => {
    const { nextAction } = await view();
    assert.ok(nextAction.kind === 'send_sms' && nextAction.continuation === 'wait');
    return nextAction;
  };
  const codeIn = (text: string): string => text.split(' ').at(-1) ?? '';

  it('leaves the page open past its time; the SMS arrives late, the payment ends paid, and the shop gets a webhook', async () => {
    const bought = await open();
    await click(texts.pay);
    await read(texts.sent);
    assert.equal(await send(await shown(bought), { delayMs: 40 * minute }), null);
    await moveClocks(20 * minute);
    await harness.page.locator('pay-desk').evaluate((element) => (element as HTMLElement & { refresh(): void }).refresh());
    await read(texts.long);
    await isClean();
    assert.equal((await bought.view()).status, 'awaiting_customer');
    await moveClocks(21 * minute);
    await checkout('succeeded');
    await bought.untilWebhooks('payment.succeeded');
    assert.deepEqual(
      ledger().uses.map(({ client }) => client),
      ['sms:sandbox'],
    );
  });

  it('whose time is up sees that an SMS still counts; one that is sent even later pays, late', async () => {
    const bought = await open({ amount: 2500, currency: 'PLN', expiresIn: 3_600 });
    await click(texts.pay);
    await read(texts.sent);
    const shownSms = await shown(bought);
    await post('/qa/clock', { advanceMs: 61 * minute });
    await harness.page.locator('pay-desk').evaluate((element) => (element as HTMLElement & { refresh(): void }).refresh());
    await checkout('expired');
    await read(texts.late);
    await isClean();
    assert.equal(await send(shownSms), 'Thank you');
    await post('/qa/clock', { advanceMs: 2 * minute });
    const { status } = await bought.untilWebhooks('payment.expired', 'payment.succeeded');
    assert.equal(status, 'paid');
    await checkout('succeeded');
    await read(en.paidLate);
    assert.equal((await bought.view()).paidLate, true);
  });

  it('who types the shown code into the field of another payment is declined and counted, until the field is locked', async () => {
    const wanted = { amount: 2500, currency: 'PLN', seller: 'lenient' } as const;
    const owner = await buy(wanted);
    const shownSms = (await owner.ask('reversed-sms/start')).view.nextAction;
    assert.ok(shownSms.kind === 'send_sms');
    const thief = await open(wanted);
    for (let tries = 0; tries < 3; tries += 1) {
      await typeCode(codeIn(shownSms.text));
      await errorShows(en.problems.code_invalid);
    }
    await typeCode('GOOD0001');
    await errorShows(en.problems.too_many_attempts);
    await isClean();
    assert.deepEqual(ledger().uses, []);
    assert.equal((await thief.view()).status, 'open');
    // The payment of the code is not affected.
    assert.equal(await send(shownSms), 'Thank you');
    await owner.untilWebhooks('payment.succeeded');
  });

  it('who leaves the shown code invalidates it; typed or sent it pays nothing any more, and another code pays', async () => {
    const bought = await open({ amount: 2500, currency: 'PLN', seller: 'lenient' });
    await click(texts.pay);
    await read(texts.sent);
    const shownSms = await shown(bought);
    await click(texts.other);
    await checkout('open');
    assert.match(ledger().uses[0]?.client ?? '', /^pw-fence:/);
    await typeCode(codeIn(shownSms.text));
    await errorShows(en.problems.code_invalid);
    assert.equal(await send(shownSms), 'Code not valid');
    await typeCode('GOOD0001');
    await checkout('succeeded');
    await bought.untilWebhooks('payment.succeeded');
    assert.equal(ledger().uses.length, 2);
  });

  it('whose code does not arrive sees help after two minutes; a wrong one is not used, and the right one pays', async () => {
    const bought = await open();
    await click(texts.get);
    await read(texts.title);
    await post('/qa/clock', { advanceMs: 2 * minute });
    await harness.page.locator('pay-desk').evaluate((element) => (element as HTMLElement & { refresh(): void }).refresh());
    await read(texts.noCode);
    await isClean();
    const code = codeIn((await send((await bought.view()).nextAction)) ?? '');
    await typeCode('NOPE2345');
    await errorShows(texts.problems.code_invalid);
    await isClean();
    await typeCode(code);
    await checkout('succeeded');
    assert.equal(ledger().charges.length, 1);
    await bought.untilWebhooks('payment.succeeded');
  });

  it('is offered no SMS whose price differs from the amount due', async () => {
    const bought = await buy({ amount: 1250, currency: 'PLN' });
    await harness.page.goto(new URL(`/shop/checkout/${bought.orderId}?lang=en`, harness.demo.urls.qa).href);
    await harness.page.getByRole('button', { name: 'Pay 12.50 PLN' }).waitFor();
    await harness.page.locator('pay-code-options:defined').waitFor({ state: 'attached' });
    assert.equal(await harness.page.locator('pay-code-options button').count(), 0);
    assert.equal((await bought.ask('reversed-sms/start')).problem, 'method_unavailable');
  });
});
