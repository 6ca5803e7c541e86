/** The QA page as a tool: any state in two clicks with its preview in sight, by mouse, touch and keyboard. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { axeFaults } from '../../support/axe.ts';
import { setUpDemo } from '../../support/demo-harness.ts';
import { waitFor } from '../../support/wait-for.ts';

describe('the controls of the QA page', () => {
  const harness = setUpDemo();
  const preview = () => harness.page.frameLocator('qa-preview[size=phone] iframe');
  const checkout = () => preview().locator('pay-desk');
  const checkoutIs = (status: string) => preview().locator(`pay-desk[data-status=${status}]`).waitFor();
  const focused = () => harness.page.evaluate(() => document.activeElement?.textContent?.trim().replace(/\s+/g, ' '));
  const previewIsInSight = () =>
    harness.page.locator('qa-preview[size=phone]').evaluate((element) => {
      const { top, left, right } = element.getBoundingClientRect();
      // Its head: a checkout is longer than a phone.
      const seen = document.elementFromPoint((left + right) / 2, top + 100);
      return top >= 0 && top + 200 < innerHeight && seen?.localName === 'iframe';
    });
  const isTwoScreensHigh = (page: Page) => page.evaluate(() => document.documentElement.scrollHeight <= 2 * innerHeight);

  it('are beside the previews on a desktop: two clicks, the search, the arrow keys, and what was shown last', async () => {
    const { page } = harness;
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(harness.demo.urls.qa);
    await checkoutIs('open');
    assert.ok(await isTwoScreensHigh(page));
    const shows = (name: string) =>
      page.getByRole('button', { name, exact: true }).and(page.locator('[aria-current=true]')).waitFor();

    await page.locator('summary').filter({ hasText: 'Ended' }).click();
    await page.getByRole('button', { name: 'Canceled by the shop', exact: true }).click();
    await checkoutIs('canceled');
    assert.ok(await previewIsInSight());
    assert.deepEqual(await axeFaults(page), []);

    // The search: a key leads to it, and the first that it finds is shown.
    await page.locator('body').press('/');
    await page.keyboard.type('requisites');
    await page
      .getByRole('status')
      .getByText(/^2 of \d+$/)
      .waitFor();
    await page.keyboard.press('Enter');
    await checkoutIs('awaiting_customer');
    await shows('Requisites');
    await page.getByRole('searchbox', { name: 'Search the states' }).press('Escape');

    // The arrow keys: from the search through the groups, and into the one that is open.
    for (let presses = 0; presses < 5; presses++) await page.keyboard.press('ArrowDown');
    assert.match((await focused()) ?? '', /^Wallets \d+$/);
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'Choose a wallet');
    await page.keyboard.press('Enter');
    await shows('Choose a wallet');
    await checkoutIs('open');
    await page.keyboard.press('ArrowUp');
    assert.match((await focused()) ?? '', /^Wallets \d+$/);
    await page.getByRole('button', { name: 'Next state' }).click();
    await shows('Requisites');

    // Whoever comes back, without an address that repeats it, finds the group open.
    await checkoutIs('awaiting_customer');
    await page.goto('about:blank');
    await page.goto(harness.demo.urls.qa);
    await page.getByRole('button', { name: 'Requisites', exact: true }).and(page.locator('[data-last]')).waitFor();
    await checkoutIs('open');
  });

  it('are a sheet at the foot of a phone, and give way to the preview', async () => {
    const { page } = harness;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(harness.demo.urls.qa);
    await checkoutIs('open');
    assert.ok(await previewIsInSight());
    await page.getByRole('button', { name: 'Ended', exact: true }).click();
    assert.deepEqual(await axeFaults(page), []);
    const row = page.getByRole('button', { name: 'Canceled by the shop', exact: true });
    assert.ok(((await row.boundingBox())?.height ?? 0) >= 44);
    await row.click();
    await checkoutIs('canceled');
    assert.ok(await previewIsInSight());
    assert.ok(!(await row.isVisible()));

    // Also from further down the page.
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await page.getByRole('button', { name: 'Declined', exact: true }).click();
    await page.locator('.state:visible').first().click();
    await checkoutIs('open');
    await waitFor(previewIsInSight);
    await page.getByRole('button', { name: 'Tools' }).click();
    await page.getByLabel('Language').selectOption('Polski');
    await preview().getByText('Kod płatniczy').first().waitFor();
  });

  it('change what the previews have to bear, in place, and keep it in the address', async () => {
    const { page } = harness;
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(harness.demo.urls.qa);
    await checkoutIs('open');
    const size = () =>
      checkout().evaluate(({ ownerDocument: { defaultView } }) => [defaultView?.innerWidth, defaultView?.innerHeight]);
    const isReduced = () =>
      checkout().evaluate(({ shadowRoot }) =>
        (shadowRoot?.adoptedStyleSheets ?? [])
          .flatMap(({ cssRules }) => [...cssRules])
          .some((rule) => 'media' in rule && (rule.media as MediaList).mediaText === 'all'),
      );
    const font = () => checkout().evaluate((element) => getComputedStyle(element).textTransform);
    await page.getByRole('radio', { name: '280' }).check();
    await waitFor(async () => (await size())[0] === 280);
    await page.getByRole('checkbox', { name: '200 % text' }).check();
    await waitFor(async () => (await size())[0] === 140);
    await page.getByRole('checkbox', { name: '200 % text' }).uncheck();
    await page.getByRole('radio', { name: '390 × 420' }).check();
    await waitFor(async () => (await size()).join() === '390,420');

    assert.deepEqual([await isReduced(), await font()], [false, 'none']);
    await page.getByRole('checkbox', { name: 'Reduced motion' }).check();
    await page.getByRole('checkbox', { name: 'Hostile CSS' }).check();
    await page.getByRole('checkbox', { name: 'Offline' }).check();
    await waitFor(async () => (await isReduced()) && (await font()) === 'uppercase');
    await waitFor(async () => (await preview().getByText('No connection').count()) === 2);
    await page.getByRole('checkbox', { name: 'Offline' }).uncheck();
    // The live region keeps its text, and the visible message disappears.
    await waitFor(async () => (await preview().getByText('No connection').count()) === 1);
    const address = page.url();
    assert.match(address, /device=keyboard&conditions=motion.css$/);
    for (const name of ['Reduced motion', 'Hostile CSS']) await page.getByRole('checkbox', { name }).uncheck();
    await waitFor(async () => !(await isReduced()) && (await font()) === 'none');
    await page.goto('about:blank');
    await page.goto(address);
    await checkoutIs('open');
    await waitFor(async () => (await isReduced()) && (await size()).join() === '390,420');
  });
});
