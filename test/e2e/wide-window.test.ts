/** The plugin window as a page of its own, on a wide screen: who is paid and how much stay beside the form and beside the result. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { setUpShopPage } from './shop-page-harness.ts';

describe('a wide plugin window', () => {
  const harness = setUpShopPage();

  const boxOf = async (locator: Locator) => {
    const box = await locator.boundingBox();
    assert.ok(box, `${locator} is not shown`);
    return box;
  };
  const open = async (language: string) => {
    const { page } = harness;
    await page.setViewportSize({ width: 1280, height: 800 });
    const { pluginUrl } = await harness.payment();
    await page.goto(pluginUrl.replace('?', `?lang=${language}&`));
    const amounts = page.locator('pay-desk .amount').filter({ hasText: '25.00', visible: true });
    return { page, amounts, submit: page.getByRole('button', { name: '25.00' }) };
  };

  it('has the amount beside the form and beside “Paid”, and a phone has it once too', async () => {
    const { page, amounts, submit } = await open('en');
    await submit.waitFor();
    const before = await boxOf(amounts);
    assert.ok(before.x + before.width < (await boxOf(submit)).x, 'it stands beside the form');
    const line = page.getByText('Secure payment');
    await line.waitFor();
    assert.ok((await boxOf(line)).y > before.y, 'the line about safety is at the foot');

    await page.getByRole('textbox').fill('GOOD0001');
    await submit.click();
    const paid = page.getByRole('heading', { name: 'Paid' });
    await paid.waitFor();
    assert.equal(await amounts.count(), 1);
    const after = await boxOf(amounts);
    assert.ok(after.x + after.width < (await boxOf(paid)).x, 'it stays beside the result');
    assert.equal(after.x, before.x);

    await page.setViewportSize({ width: 390, height: 800 });
    assert.equal(await amounts.count(), 1);
    assert.ok((await boxOf(amounts)).y > (await boxOf(paid)).y, 'on a phone it follows “Paid”');
  });

  it('is mirrored where people read from the right', async () => {
    const { amounts, submit } = await open('ur');
    await submit.waitFor();
    const form = await boxOf(submit);
    assert.ok((await boxOf(amounts)).x > form.x + form.width);
  });
});
