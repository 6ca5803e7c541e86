/** Every state that the QA page offers is what a customer then sees: reached by one click, and by its address. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { customerStates } from '../../../demo/page/states/customer-states.ts';
import { setDemoStage } from '../../support/demo-stage.ts';

/** What the page of a state shows: the status of the desk, and words. */
const seen: Record<string, [status: string, words: RegExp]> = {
  loading: ['loading', /The connection is slow/],
  'late-secret': ['loading', /Opening your payment/],
  'load-failure': ['load_error', /This payment link doesn’t work any more/],
  'no-connection': ['load_error', /can’t reach the payment service/],
  'session-expired': ['load_error', /This page was open for too long/],
  'no-method': ['open', /This order can’t be paid here/],
  open: ['open', /Test mode: no real money moves/],
  live: ['open', /^(?!.*Test mode).*Pay 25\.00/],
  choose: ['open', /Mobile wallet/],
  long: ['open', /Szczebrzeszyn/],
  'running-out': ['expired', /The time to pay is up/],
  offline: ['open', /No connection\. This page carries on/],
  'two-tabs': ['open', /Checking your code…\s*$/],
  'wallet-choose': ['open', /Wave Pay.*KBZPay/],
  transfer: ['awaiting_customer', /Transfer from your Wave Pay app.*324342342/],
  'transfer-picture': ['awaiting_customer', /Choose another picture/],
  'transfer-paid': ['succeeded', /Paid.*Wave Pay/],
  'transfer-accepted': ['processing', /Your transfer was found.*not credited yet/],
  'transfer-pending': ['processing', /Your transfer is being checked/],
  'transfer-not-found': ['awaiting_customer', /can’t find this transfer yet/],
  'transfer-refused': ['awaiting_customer', /doesn’t accept this number/],
  'no-requisites': ['open', /can’t take a transfer right now/],
  'number-taken': ['awaiting_customer', /has already paid for something/],
  'too-many-numbers': ['awaiting_customer', /last number we can take/],
  'second-payment': ['open', /still being looked for/],
  'transfer-expired': ['expired', /it still counts/],
  'wrong-code': ['open', /doesn’t work here/],
  'format-error': ['open', /this one has 3/],
  'used-code': ['open', /already been used/],
  'expired-code': ['open', /This code expired on/],
  'early-code': ['open', /works from/],
  'value-too-low': ['open', /worth less than/],
  'value-too-high': ['open', /worth more than/],
  taken: ['open', /already been used/],
  'provider-down': ['open', /can’t be checked right now/],
  'too-many-tries': ['open', /Too many codes were wrong/],
  'connection-lost': ['open', /The connection was lost/],
  maintenance: ['open', /can’t be checked right now/],
  'slow-click': ['open', /The connection is slow/],
  'slow-answer': ['succeeded', /Paid/],
  checking: ['processing', /Please don’t pay again/],
  'long-wait': ['processing', /1 h ago/],
  'settled-paid': ['succeeded', /Paid/],
  'settled-refused': ['open', /already been used/],
  'needs-review': ['needs_review', /This can take a day/],
  succeeded: ['succeeded', /Paid/],
  'succeeded-late': ['succeeded', /after the time was up/],
  underpaid: ['underpaid', /We received 3,000\sMMK of 6,000\sMMK/],
  refunding: ['refunding', /on its way back/],
  refunded: ['refunded', /Your money was returned/],
  canceled: ['canceled', /This payment was canceled/],
  expired: ['expired', /The time to pay is up/],
};

describe('on the QA page', () => {
  const stage = setDemoStage();
  const all = customerStates.flatMap(([, states]) => states);
  let page: Page;

  // One page for all: each state begins with a payment and a world of its own.
  before(async () => {
    page = await stage.browser.newPage({ locale: 'en-GB' });
    await page.goto(`${stage.demo.urls.qa}#width=phone`);
    await phone().locator('pay-desk[data-status=open]').waitFor();
  });

  const phone = () => page.frameLocator('qa-preview[size=phone] iframe');

  it('no state is without a test', () => {
    assert.deepEqual(Object.keys(seen).sort(), all.map(({ id }) => id).sort());
  });

  for (const { id, words, means } of all) {
    it(`“${words}” is one click away`, async () => {
      const [status, text] = seen[id] ?? assert.fail(id);
      const name = means === 'real' ? words : `${words} ${means}`;
      await page.getByRole('button', { name, exact: true }).click();
      const desk = phone().locator(`pay-desk[data-status=${status}]`);
      await desk.filter({ hasText: text }).waitFor();
      assert.match(page.url(), new RegExp(`#(.*&)?state=${id}\\b`));
    });
  }
});
