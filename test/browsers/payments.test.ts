/** Real payments in every engine, through the demo's shop: by pay code, by wallet, and by card with the code of an SMS. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OrderView } from '../../demo/page/qa-api.ts';
import { waitFor } from '../support/wait-for.ts';
import { engines, skipOrFail } from './engine.ts';
import { setUpBrowser } from './harness.ts';

const heading = ':is(h1, h2, h3)';
/** `BROWSERS=short` pays once by each method. */
const isShort = process.env.BROWSERS === 'short';

for (const engine of engines) {
  const skip = skipOrFail(engine);
  if (skip) {
    it(`${engine.name}: no payment was tried`, { skip }, () => undefined);
    continue;
  }
  describe(`a customer with ${engine.name}`, () => {
    const harness = setUpBrowser(engine);
    const buy = async (currency: 'PLN' | 'UZS', embed = 'script'): Promise<string> => {
      await harness.goto(`${harness.demo.urls.shop}?currency=${currency}&lang=en&embed=${embed}`);
      await harness.customer.click('button', 'Buy this book');
      return waitFor(async () => {
        const path = await harness.customer.run(() => location.pathname).catch(() => '');
        return /^\/shop\/checkout\/([^/]+)$/.exec(path)?.[1];
      }, 30_000);
    };
    const isPaid = async (id: string) => {
      await waitFor(async () => {
        const order = (await (await fetch(new URL(`/orders/${id}`, harness.demo.urls.qa))).json()) as OrderView;
        return order.status === 'paid' && order.webhooks.length === 1;
      }, 30_000);
    };

    it('pays by pay code', async () => {
      const id = await buy('PLN');
      await harness.customer.fill('input', 'good0001');
      assert.equal((await harness.customer.find('input')).value, 'GOOD 0001');
      await harness.customer.click('button', 'Pay 25.00');
      await harness.customer.find(heading, 'Paid');
      await isPaid(id);
      assert.equal(harness.demo.paycodes.ledger().uses.length, 1);
    });

    it('pays by wallet, with the number typed', async () => {
      const order = await harness.post<OrderView>('/orders', { amount: 600_000, currency: 'MMK' });
      await harness.goto(new URL(`/shop/checkout/${order.id}?lang=en`, harness.demo.urls.qa).href);
      await harness.customer.click('button', 'Wave Pay');
      const transfer = { wallet: 'wavepay', identifier: '324342342', amount: 6000, currency: 'MMK' };
      const { transaction_number } = await harness.post<{ transaction_number: string }>('/qa/paykassma/transfers', transfer);
      await harness.customer.fill('#transaction-number', transaction_number);
      await harness.customer.click('button', 'I’ve sent the money');
      await isPaid(order.id);
      await harness.customer.find('pay-desk[data-status=succeeded]');
    });

    it('pays by card in the frame, with the code of the SMS', async () => {
      const id = await buy('UZS');
      await harness.customer.click('label', 'Card');
      const form = harness.customer.inFrame('iframe');
      await form.fill('[autocomplete=cc-number]', '8600069195406311');
      await form.fill('[autocomplete=cc-exp]', '0399');
      await form.fill('[autocomplete=tel]', '901304527');
      await form.click('button[type=submit]');
      await form.fill('[autocomplete=one-time-code]', '666666');
      await form.click('button[type=submit]');
      await harness.customer.find('pay-desk[data-status=succeeded]');
      await isPaid(id);
      assert.equal(harness.demo.payme.ledger().payments.length, 1);
    });

    if (isShort) return;

    it('whose code is refused reads why, and pays with the next one', async () => {
      const id = await buy('PLN');
      await harness.customer.fill('input', 'USED0001');
      await harness.customer.click('button', 'Pay 25.00');
      await harness.customer.sees('already been used');
      await harness.customer.fill('input', 'GOOD0002');
      await harness.customer.click('button', 'Pay 25.00');
      await isPaid(id);
    });

    it('pays in the dialog of the script, which then closes and gives the shop its page back', async () => {
      const id = await buy('PLN', 'open');
      await harness.customer.click('#checkout');
      const plugin = harness.customer.inFrame('iframe');
      await plugin.fill('input', 'GOOD0003');
      await plugin.click('button', 'Pay 25.00');
      await plugin.find(heading, 'Paid');
      await isPaid(id);
    });

    for (const embed of ['frame', 'plugin'] as const) {
      it(`pays in the plugin window inside the shop’s page (${embed})`, async () => {
        const id = await buy('PLN', embed);
        const plugin = harness.customer.inFrame('iframe');
        await plugin.fill('input', embed === 'frame' ? 'GOOD0004' : 'GOOD0005');
        await plugin.click('button', 'Pay 25.00');
        await plugin.find(heading, 'Paid');
        await isPaid(id);
      });
    }

    it('pays on a plugin window whose address Telegram and a mailing have changed, also after a reload', async () => {
      const { id, pluginUrl } = await harness.payment();
      await harness.goto(`${pluginUrl.replace('#', '&utm_source=mail#')}&tgWebAppData=user%3D1&tgWebAppVersion=8.0`);
      await harness.customer.find('input');
      await harness.customer.run(() => location.reload());
      await harness.customer.fill('input', 'GOOD0006');
      await harness.customer.click('button', 'Pay 25.00');
      await harness.untilPaid(id);
    });
  });
}
