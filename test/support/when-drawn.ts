/**
 * Waits until a desk is whole: the payment is on show, and the rooms and parts that are no part of the first download have come,
 * with their words.
 */
import type { Page } from 'playwright-core';

type Part = HTMLElement & { context?: { language: { whole?: object | null } } };

const comeLater = 'pay-copy-row, pay-discount, pay-code-options, pay-sms-form, pay-wallet-form, pay-card-form';

export async function whenDrawn(page: Page): Promise<void> {
  await page.locator('pay-desk:not([data-status=loading])').waitFor();
  await page.locator('pay-desk .bone').first().waitFor({ state: 'detached' });
  await page.waitForFunction((names) => {
    const parts = document.querySelector('pay-desk')?.shadowRoot?.querySelectorAll<Part>(names) ?? [];
    // Some have nothing to say of this payment, and know that once they have their words.
    return [...parts].every((part) => part.matches(':defined') && (part.childElementCount > 0 || part.context?.language.whole));
  }, comeLater);
}
