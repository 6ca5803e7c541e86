/** Where fields lie in a frame, the page around learns which of them has the focus, and can have the submit wait for it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { waitFor } from '../support/wait-for.ts';
import { goodCard, setUpCardFrame } from './card-frame-harness.ts';
import { setUpShopPage } from './shop-page-harness.ts';

const listen = (page: Page) =>
  page.evaluate(() => {
    const events: string[] = [];
    Object.assign(window, { events });
    for (const name of ['pay-focus', 'pay-blur', 'pay-escape', 'pay-busy'])
      document.addEventListener(name, (event) => {
        const { field, busy } = event as Event & { field?: string | null; busy?: boolean };
        events.push(`${name} ${field ?? busy}`);
      });
  });
const events = (page: Page) => page.evaluate(() => (window as unknown as { events: string[] }).events);

describe('a page around a frame', () => {
  const harness = setUpShopPage();

  it('learns from the card frame which field has the focus, and of Escape', async () => {
    const card = await setUpCardFrame(harness);
    await card.open();
    await card.frame();
    await listen(harness.page);
    await card.type();
    await harness.page.keyboard.press('Escape');
    await card.form.getByRole('button', { name: 'Get SMS code' }).focus();
    await waitFor(async () => (await events(harness.page)).at(-1) === 'pay-blur card_expire');
    const all = await events(harness.page);
    assert.deepEqual(all.slice(all.indexOf('pay-focus card_number')), [
      'pay-focus card_number',
      'pay-blur card_number',
      'pay-focus card_expire',
      'pay-escape card_expire',
      'pay-blur card_expire',
    ]);
    assert.doesNotMatch(all.join(), /8600|0399|03\/99/);
  });

  it('stops a card before it leaves the frame; the customer reads why, and the next click goes on', async () => {
    const card = await setUpCardFrame(harness);
    await card.open();
    await harness.page.evaluate(() => {
      const onSubmit = (event: HTMLElementEventMap['pay-before-submit']) =>
        event.waitUntil(Promise.reject(new Error('sold out')));
      document.addEventListener('pay-before-submit', onSubmit as unknown as EventListener, { once: true });
    });
    await card.type();
    await card.form.getByRole('button', { name: 'Get SMS code' }).click();
    const words = harness.page.locator('pay-desk pay-card-frame').getByText('The shop stopped this, so nothing was charged.');
    await words.waitFor();
    await harness.page.locator('pay-desk [role=alert]').getByText('The shop stopped this').waitFor();
    assert.deepEqual(card.posts, []);
    await card.form.getByRole('button', { name: 'Get SMS code' }).click();
    await card.form.getByLabel('SMS code').fill(goodCard.code);
    assert.equal(card.posts.length, 1);
    assert.equal(await words.count(), 0);
  });

  it('learns the same from a plugin window, and when that is busy', async () => {
    const { pluginUrl } = await harness.payment();
    await harness.openShop();
    await listen(harness.page);
    await harness.page.evaluate(async (url) => void (await window.PayDesk?.frame('#place', { pluginUrl: url })), pluginUrl);
    const frame = await harness.pluginFrame();
    await harness.pay(frame, 'GOOD0001');
    await waitFor(async () => (await events(harness.page)).includes('pay-busy false'));
    const all = await events(harness.page);
    for (const one of ['pay-focus pay_code', 'pay-busy true']) assert.ok(all.includes(one), all.join());
    assert.doesNotMatch(all.join(), /GOOD/);
  });
});
