/**
 * Waits until a checkout is complete: the payment is drawn, and the lazy forms and parts have loaded with their texts.
 */
import type { Page } from 'playwright-core';

type Part = HTMLElement & { context?: { language: { whole?: object | null } } };

const comeLater = 'pay-copy-row, pay-discount, pay-code-options, pay-sms-form, pay-wallet-form, pay-card-form';

export async function whenDrawn(page: Page): Promise<void> {
  await page.locator('pay-desk:not([data-status=loading])').waitFor();
  await page.locator('pay-desk .bone').first().waitFor({ state: 'detached' });
  await page.waitForFunction((names) => {
    const parts = document.querySelector('pay-desk')?.shadowRoot?.querySelectorAll<Part>(names) ?? [];
    // Some parts draw nothing for this payment, which they know once their texts have loaded.
    return [...parts].every((part) => part.matches(':defined') && (part.childElementCount > 0 || part.context?.language.whole));
  }, comeLater);
}
