/** Screens after the click: the outcome is being checked, known, or reversed. */
import type { Page } from 'playwright-core';
import { checking, paid, smsStates, states, transferStates } from '../../widget/support/payment-view.ts';
import { payment } from './answers.ts';
import type { Screen } from './screen.ts';

const hours = (count: number) => new Date(Date.now() - count * 3_600_000).toISOString();
const longShop = 'The Old Harbour Bookshop & Stationery';
const returnUrls = {
  success: 'https://checkout.the-old-harbour-bookshop.example/thanks',
  pending: 'https://shop.example/orders/10482',
};

const before = [
  'entering',
  'entering a code of known length, test mode',
  'choosing',
  'refused',
  'too many attempts',
  'upstream down',
  ...Object.keys(transferStates()),
  ...Object.keys(smsStates()),
];

export const after: Screen[] = [
  ...Object.entries(states)
    .filter(([title]) => !before.includes(title))
    .map(([title, state]) => ({ title, opens: { status: 200, body: state() } })),
  {
    title: 'checking for hours, way back',
    opens: payment({
      ...checking(),
      nextAction: { kind: 'wait', reason: 'unknown_outcome', since: hours(5) },
      returnUrls,
    }),
  },
  { title: 'paid in kyat', opens: payment({ ...paid(), amount: 600_000, due: 600_000, amountPaid: 600_000, currency: 'MMK' }) },
  {
    title: 'paid, long names, much money',
    opens: payment({
      ...paid(),
      merchantName: longShop,
      orderId: 'ORDER-2026-11-22-000000010482',
      amount: 123_456_789_50,
      due: 123_456_789_50,
      amountPaid: 123_456_789_50,
      currency: 'UZS',
      returnUrls,
    }),
  },
  { title: 'reference copied', opens: payment(paid()), act: copy },
  { title: 'receipt, printed', opens: payment(paid()), act: print },
  { title: 'expired, part arrived', opens: payment({ status: 'expired', nextAction: { kind: 'none' }, amountPaid: 1000 }) },
];

async function copy(page: Page): Promise<void> {
  const button = page.locator('pay-desk [part=copy-button]');
  const words = await button.getAttribute('aria-label');
  await button.click();
  await page.waitForFunction(
    (before) =>
      document.querySelector('pay-desk')?.shadowRoot?.querySelector('[part=copy-button]')?.getAttribute('aria-label') !== before,
    words,
  );
}

/** Shows the printed receipt over the page, without a printer. */
async function print(page: Page): Promise<void> {
  await page.setViewportSize({ width: 794, height: 640 }); // A4
  await page.locator('pay-desk [part=secondary]').click();
  await page.evaluate(() => {
    const paper = document.querySelector<HTMLIFrameElement>('body > iframe');
    if (!paper) throw new Error('no receipt was printed');
    paper.hidden = false;
    document.querySelector('main')?.remove();
    Object.assign(paper.style, { display: 'block', inlineSize: '100%', blockSize: '640px', border: '0', background: '#fff' });
  });
}
