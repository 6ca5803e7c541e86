/** A customer with a wallet, on a phone: from the transfer in the wallet's app to the shop's webhook. */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { FrameLocator, Page } from 'playwright-core';
import type { OrderView } from '../../demo/page/qa-api.ts';
import { demoKeys } from '../../server/demo-keys.ts';
import { axeFaults } from '../support/axe.ts';
import { setUpDemo } from '../support/demo-harness.ts';
import { payLinkQuery } from '../support/pay-link.ts';
import { waitFor } from '../support/wait-for.ts';

/** Matches these words, also with the invisible characters that mark where a line may break. */
const burmese = (words: string) => new RegExp([...words].join('.?'));
const phone = { width: 390, height: 844 };

describe('a customer with a wallet', () => {
  const harness = setUpDemo({
    context: { viewport: phone, hasTouch: true, permissions: ['clipboard-read', 'clipboard-write'] },
  });

  beforeEach(() => post('/qa/reset'));

  const post = async <Answer>(path: string, body: object = {}): Promise<Answer> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(new URL(path, harness.demo.urls.qa), { method: 'POST', headers, body: JSON.stringify(body) });
    assert.ok(response.ok, `${path} answered ${response.status}`);
    return (await response.json()) as Answer;
  };
  const newOrder = () => post<OrderView>('/orders', { amount: 600_000, currency: 'MMK' });
  const orderOf = async (id: string) => (await (await fetch(new URL(`/orders/${id}`, harness.demo.urls.qa))).json()) as OrderView;
  const checkout = (id: string, query = 'lang=en') => new URL(`/shop/checkout/${id}?${query}`, harness.demo.urls.qa).href;
  /** The customer transfers in the app. */
  const transfer = async (wallet = 'wavepay', identifier = '324342342'): Promise<string> => {
    const paid = { wallet, identifier, amount: 6000, currency: 'MMK' };
    return (await post<{ transaction_number: string }>('/qa/paykassma/transfers', paid)).transaction_number;
  };
  const claims = () => harness.demo.paykassma.ledger().transactions;
  const untilWebhooks = async (id: string, ...types: string[]) => {
    const { webhooks } = await waitFor(async () => {
      const order = await orderOf(id);
      return order.webhooks.length >= types.length && order;
    });
    assert.deepEqual(
      webhooks.map(({ type }) => type),
      types,
    );
    return webhooks;
  };

  /** The texts of each language. */
  const english = {
    number: 'Transaction number',
    send: 'I’ve sent the money',
    again: 'Check again',
  };
  type Place = Page | FrameLocator;
  const choose = async (wallet: string, place: Place = harness.page) => {
    await place.getByRole('button', { name: wallet }).click();
    await field(place).waitFor();
  };
  const field = (place: Place = harness.page) => place.getByRole('textbox', { name: english.number });
  const submitNumber = async (number: string, button = english.send, place: Place = harness.page) => {
    await field(place).fill(number);
    await place.getByRole('button', { name: button }).click();
  };
  const open = async (wallet = 'Wave Pay') => {
    const order = await newOrder();
    await harness.page.goto(checkout(order.id));
    await choose(wallet);
    return order;
  };
  const paid = (place: Place = harness.page) => place.getByRole('heading', { name: 'Paid', exact: true }).waitFor();
  const isClean = async (page = harness.page) => assert.deepEqual(await axeFaults(page), []);
  const paste = async (text: string, into = field()) => {
    await harness.page.evaluate((words) => navigator.clipboard.writeText(words), text);
    await into.focus();
    await harness.page.keyboard.press('ControlOrMeta+V');
  };
  const secretOnPage = () =>
    harness.page.locator('pay-desk').evaluate((checkout) => (checkout as HTMLElement & { clientSecret: string }).clientSecret);

  it('pays 6,000.00 MMK in Burmese, by Wave Pay, with the whole SMS pasted; the shop gets one webhook', async () => {
    const { page, demo } = harness;
    const order = await newOrder();
    await page.goto(checkout(order.id, 'lang=my'));
    await isClean();
    await page.getByRole('button', { name: 'Wave Pay' }).click();
    await page.getByText('324 342 342').waitFor();
    await isClean();
    const number = await transfer();
    const typed = [...number].map((digit) => String.fromCodePoint(0x1040 + Number(digit))).join('');
    const input = page.locator('#transaction-number');
    await paste(`သင် ၆,၀၀၀ ကျပ် ပို့ပြီးပါပြီ။ လုပ်ဆောင်မှုအမှတ် ${typed} ဖြစ်ပါသည်။`, input);
    assert.equal(await input.inputValue(), number);
    await page.getByRole('button', { name: burmese('ငွေလွှဲပြီးပါပြီ') }).click();
    await page.getByRole('heading', { name: burmese('ပေးချေပြီးပါပြီ') }).waitFor();
    await isClean();
    const [webhook] = await untilWebhooks(order.id, 'payment.succeeded');
    assert.equal(webhook?.amountPaid, 600_000);
    assert.equal((await orderOf(order.id)).status, 'paid');
    // The postback, which arrives later, changes nothing.
    await waitFor(async () => demo.paykassma.ledger().postbacks[0]?.tries.some(({ ok }) => ok));
    await untilWebhooks(order.id, 'payment.succeeded');
    assert.deepEqual(
      claims().map(({ key1, amount, deposit_amount }) => [key1, amount, deposit_amount]),
      [[number, 6000, 6000]],
    );
  });

  it('who typed the number wrong corrects it', async () => {
    const order = await open();
    const number = await transfer();
    await submitNumber(number.replace(/.$/, (last) => String((Number(last) + 1) % 10)));
    const alert = harness.page.getByRole('alert');
    await alert.getByText(/can’t find this transfer yet/).waitFor();
    await isClean();
    await submitNumber(number, english.again);
    await paid();
    const webhooks = await untilWebhooks(order.id, 'payment.succeeded');
    assert.equal(webhooks[0]?.amountPaid, 600_000);
    assert.deepEqual(
      claims().map(({ status }) => status),
      ['possible', 'activated'],
    );
  });

  for (const way of ['chosen as a file', 'pasted'] as const) {
    it(`submits a picture for KBZPay, ${way}, and has paid when an operator has accepted it`, async () => {
      const { page } = harness;
      const order = await open('KBZPay');
      const number = await transfer('kbzpay_manual', '12321');
      await field().fill(number);
      if (way === 'pasted') await pastePicture();
      else {
        const buffer = Buffer.from(await drawPicture(), 'base64');
        await page.locator('input[type=file]').setInputFiles({ name: 'transfer.png', mimeType: 'image/png', buffer });
      }
      await page.getByRole('img', { name: 'Your screenshot: transfer.png' }).waitFor();
      await isClean();
      await page.getByRole('button', { name: english.send }).click();
      await page.getByRole('heading', { name: 'Your transfer is being checked' }).waitFor();
      await isClean();
      const [claim] = claims();
      await post('/qa/paykassma/transactions/match', { custom_transaction_id: claim?.custom_transaction_id });
      await paid();
      await waitFor(async () => (await orderOf(order.id)).status === 'paid');
      assert.equal((await orderOf(order.id)).webhooks.at(-1)?.amountPaid, 600_000);
    });
  }

  /** Base64 of a small PNG. */
  const drawPicture = () =>
    harness.page.evaluate(() => {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 60;
      return canvas.toDataURL('image/png').split(',')[1] ?? '';
    });
  const pastePicture = async () => {
    const picture = await drawPicture();
    await field().evaluate((input, base64) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], 'transfer.png', { type: 'image/png' }));
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true }));
    }, picture);
  };

  it('cannot be made to pay by code while the transfer is checked', async () => {
    await post('/qa/paykassma/postbacks', { laterMs: 600_000 });
    await open();
    await submitNumber('1000004202');
    await harness.page.getByRole('heading', { name: 'Your transfer is being checked' }).waitFor();
    await isClean();
    const forced = await fetch(`${harness.demo.urls.bff}/checkout/pay-code`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await secretOnPage()}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify({ code: 'MMKG0001' }),
    });
    assert.equal(forced.status, 409);
    assert.deepEqual(harness.demo.paycodes.ledger().uses, []);
  });

  it('is refused a number that has paid for another order, and Paykassma is not asked', async () => {
    const first = await open();
    const number = await transfer();
    await submitNumber(number);
    await paid();
    await untilWebhooks(first.id, 'payment.succeeded');
    const second = await open();
    await submitNumber(number);
    await harness.page
      .getByRole('alert')
      .getByText(/has already paid for something/)
      .waitFor();
    await isClean();
    assert.equal(harness.demo.paykassma.ledger().calls.filter(({ operation }) => operation === 'transaction/activate').length, 1);
    assert.equal((await orderOf(second.id)).status, 'awaiting_payment');
  });

  it('who submits the number after the time was up has paid late', async () => {
    const { page } = harness;
    const order = await open();
    const number = await transfer();
    await post('/qa/clock', { advanceMs: 86_400_000 });
    await page.reload();
    await page
      .getByText(/it still counts/)
      .first()
      .waitFor();
    await isClean();
    await submitNumber(number);
    await paid();
    await page.getByText('after the time was up').first().waitFor();
    const webhooks = await untilWebhooks(order.id, 'payment.expired', 'payment.succeeded');
    assert.equal(webhooks.at(-1)?.amountPaid, 600_000);
  });

  it('who reloads sees the requisites and the submitted number again, and nothing that was only typed', async () => {
    const { page } = harness;
    await post('/qa/paykassma/postbacks', { laterMs: 600_000 });
    await open();
    await field().fill('1000007303');
    await page.reload();
    await page.getByText('324 342 342').waitFor();
    assert.equal(await field().inputValue(), '');
    await submitNumber('1000007303');
    await page.getByRole('alert').waitFor();
    await page.reload();
    await page.getByText('324 342 342').waitFor();
    await page
      .getByText(/can’t find this transfer yet/)
      .first()
      .waitFor();
    assert.equal(await field().inputValue(), '1000007303', 'the number that was told, to be compared');
    await submitNumber('1000007302', english.again);
    for (const anew of [false, true]) {
      if (anew) await page.reload();
      await page.getByRole('heading', { name: 'Your transfer is being checked' }).waitFor();
      await page.getByText('324 342 342').waitFor();
      await page.getByText('1000007302').waitFor();
    }
  });

  it('who comes back from the wallet app has the focus in the field for the number', async () => {
    const { page } = harness;
    await open();
    await page
      .getByRole('heading')
      .first()
      .evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.evaluate(() => {
      for (const hidden of [true, false]) {
        Object.defineProperty(Document.prototype, 'hidden', { value: hidden, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }
    });
    await waitFor(() => field().evaluate((input) => input.matches(':focus')));
  });

  it('copies the amount in the format of the app, which is confirmed', async () => {
    const { page } = harness;
    await open();
    await page.getByRole('button', { name: 'Copy: Amount' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '6000');
    await page.getByRole('status').filter({ hasText: 'Copied' }).first().waitFor();
  });

  it('with a signed link for one wallet, in Burmese, sees only that one, and pays in the plugin window', async () => {
    const { page, demo } = harness;
    const query = payLinkQuery(demoKeys.linkKey.key, {
      merchant: demoKeys.merchantId,
      kid: demoKeys.linkKey.kid,
      label: 'reader',
      custom_transaction_id: `wallet-${Date.now()}`,
      fixed_amount: '6000',
      currency_code: 'MMK',
      wallet_type: 'wavepay',
      exp: String(Math.floor(Date.now() / 1000) + 600),
      lang: 'my',
    });
    await page.goto(`${demo.urls.bff}/plugin/?${query}`);
    await page.getByText(burmese('Wave Pay ဖြင့် ငွေလွှဲရပါမည်။')).first().waitFor();
    assert.equal(await page.getByText('KBZPay').count(), 0);
    assert.equal(await page.getByRole('radio').count(), 0);
    await page.getByRole('button', { name: burmese('ငွေလွှဲရမည့် နံပါတ် ကြည့်မည်') }).click();
    await page.locator('#transaction-number').fill(await transfer());
    await page.getByRole('button', { name: burmese('ငွေလွှဲပြီးပါပြီ') }).click();
    await page.getByRole('heading', { name: burmese('ပေးချေပြီးပါပြီ') }).waitFor();
  });

  it('pays in the plugin window in a frame of the shop’s page, and the shop’s page shows that', async () => {
    const { page } = harness;
    const order = await newOrder();
    await page.goto(checkout(order.id, 'lang=en&embed=plugin'));
    const frame = page.frameLocator('iframe');
    await choose('Wave Pay', frame);
    await submitNumber(await transfer(), english.send, frame);
    await paid(frame);
    await untilWebhooks(order.id, 'payment.succeeded');
  });

  it('leaves no secret of Paykassma in what the BFF or the demo log', async () => {
    const written: string[] = [];
    const { write } = process.stderr;
    process.stderr.write = ((text: string) => written.push(String(text)) > 0) as typeof write;
    try {
      await open();
      await submitNumber('1000009908');
      await harness.page.locator('pay-desk[data-status=processing]').waitFor();
    } finally {
      process.stderr.write = write;
    }
    const journal = await (await fetch(new URL('/qa/journal?after=0', harness.demo.urls.qa))).text();
    assert.match(journal, /checkout\/wallet\/transaction/);
    for (const secret of Object.values(demoKeys.paykassma))
      assert.ok(![journal, ...written].some((text) => text.includes(secret)), secret);
  });
});
