/** The shop with each way of putting the checkout on its page: the customer pays, and the shop gets a webhook. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FrameLocator, Page } from 'playwright-core';
import { type Embedding, embeddings } from '../../demo/page/qa-api.ts';
import { setUpDemo } from '../support/demo-harness.ts';

describe('the shop', () => {
  const harness = setUpDemo();

  /** Opens the checkout where that needs a click. @returns Where the customer types. */
  const checkout: Record<Embedding, () => Promise<Page | FrameLocator>> = {
    script: async () => harness.page,
    element: async () => harness.page,
    mount: async () => harness.page,
    open: async () => {
      await harness.page.getByRole('button', { name: 'Pay 25.00 PLN' }).click();
      return harness.page.getByRole('dialog').frameLocator('iframe');
    },
    frame: async () => harness.page.frameLocator('#checkout iframe'),
    plugin: async () => harness.page.frameLocator('iframe'),
    link: async () => follow(),
    signed: async () => follow(),
  };
  const follow = async () => {
    await harness.page.getByRole('link', { name: 'Pay 25.00 PLN' }).click();
    await harness.page.waitForURL(`${harness.demo.urls.bff}/plugin/**`);
    return harness.page;
  };

  for (const [index, [way, words]] of Object.entries(embeddings).entries()) {
    it(`is paid by ${words}`, async () => {
      const { page, demo } = harness;
      const code = `GOOD00${String(index + 1).padStart(2, '0')}`;
      await page.goto(`${demo.urls.shop}?lang=en`);
      await page.getByLabel('Checkout by').selectOption(way);
      await page.getByRole('button', { name: 'Buy this book' }).click();
      await page.waitForURL(/\/shop\/checkout\//);
      const order = new URL(page.url()).pathname.replace('/checkout/', '/orders/');
      const place = await checkout[way as Embedding]();
      await place.getByRole('textbox', { name: 'Pay code' }).fill(code);
      await place.getByRole('button', { name: 'Pay 25.00 PLN' }).click();
      await place.getByRole('heading', { name: 'Paid' }).waitFor();
      // On its own page the customer has to come back to see what the shop knows.
      if (place === page && (way === 'link' || way === 'signed')) await page.goto(new URL(order, demo.urls.qa).href);
      await page.getByText('Paid. Thank you!').waitFor();
      const [use, ...more] = demo.paycodes.ledger().uses.filter((one) => one.code === code);
      assert.ok(use && more.length === 0);
    });
  }
});
