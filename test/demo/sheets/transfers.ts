/** Screens of a transfer by wallet: the requisites, the transaction number, and what can follow. */
import type { Page } from 'playwright-core';
import { transferStates, walletPayment } from '../../widget/support/payment-view.ts';
import type { Screen } from './screen.ts';

export const transfers: Screen[] = [
  ...Object.entries(transferStates()).map(([title, state]) => ({ title, opens: { status: 200, body: state() } })),
  {
    title: 'a wallet that was chosen and takes no transfer',
    opens: { status: 200, body: walletPayment() },
    later: { status: 409, body: { code: 'no_requisites', field: 'walletType', reference: 'req-5', view: walletPayment() } },
    act: chooseWallet,
  },
];

async function chooseWallet(page: Page): Promise<void> {
  await page.locator('pay-desk button.method').first().click();
  await page.locator('pay-desk button.method small').waitFor();
}
