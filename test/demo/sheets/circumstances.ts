/** Screens of special circumstances: no connection, a slow one, another tab, an old page, a missing file, a broken link. */
import type { Page } from 'playwright-core';
import { checking, openPayment, paid, states } from '../../widget/support/payment-view.ts';
import { payment, problem } from './answers.ts';
import type { Screen } from './screen.ts';

const notice = (page: Page) => page.locator('pay-desk .notice').waitFor();

export const circumstances: Screen[] = [
  { title: 'opening', opens: 'none' },
  { title: 'opening slowly', opens: 'none', prepare: (page) => page.clock.install(), act: waitLong },
  { title: 'offline', opens: payment(), act: goOffline },
  { title: 'offline while checked', opens: payment(checking()), act: goOffline },
  { title: 'paid for in another tab', opens: payment(), act: payElsewhere },
  { title: 'open for too long', opens: payment(), later: problem(404, 'not_found'), act: refresh },
  { title: 'open for too long while checked', opens: payment(checking()), later: problem(404, 'not_found'), act: beLocked },
  ...Object.entries({ checking: openPayment(checking()), paid: openPayment(paid()), expired: states.expired?.() ?? {} }).map(
    ([title, body]) => ({ title: `${title}, in plain words`, opens: { status: 200, body }, without: 'later-screens' }),
  ),
  { title: 'no words: English', opens: payment(), without: '{my,ru,uz,pl}' },
  { title: 'link incomplete', query: '' },
  ...(['payment_expired', 'invalid_request', 'order_conflict'] as const).map((code) => ({
    title: `link: ${code}`,
    query: 'label=reader&fixed_amount=25',
    opens: problem(409, code),
  })),
  { title: 'link: opening', query: 'label=reader&fixed_amount=25', opens: 'none' },
  { title: 'link: no connection', query: 'label=reader&fixed_amount=25', opens: 'lost' },
];

/** Longer texts than usual. */
async function waitLong(page: Page): Promise<void> {
  await page.clock.fastForward(5000);
  await notice(page);
}

async function goOffline(page: Page): Promise<void> {
  await page.evaluate(() => dispatchEvent(new Event('offline')));
  await notice(page);
}

async function payElsewhere(page: Page): Promise<void> {
  await page.evaluate((id) => {
    const channel = new BroadcastChannel(`pay-desk:${id}`);
    channel.postMessage({ version: 1, busy: true });
  }, openPayment().id);
  await notice(page);
}

async function refresh(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelector<HTMLElement & { refresh(): void }>('pay-desk')?.refresh());
  await beLocked(page);
}

function beLocked(page: Page): Promise<void> {
  return page.locator('pay-desk[data-status=load_error]').waitFor();
}
