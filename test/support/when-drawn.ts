/** Waits until a desk is whole: the payment is on show, and the rooms and parts that are no part of the first download have come, with their words. */
import type { Page } from 'playwright-core';

const comeLater = 'pay-copy-row, pay-discount, code-options, sms-form, wallet-form, card-form';

export async function whenDrawn(page: Page): Promise<void> {
  await page.locator('pay-desk:not([data-status=loading])').waitFor();
  await page.locator('pay-desk .bone').first().waitFor({ state: 'detached' });
  await page.waitForFunction((names) => {
    const parts = document.querySelector('pay-desk')?.shadowRoot?.querySelectorAll(names) ?? [];
    return [...parts].every(({ childElementCount }) => childElementCount > 0);
  }, comeLater);
}
