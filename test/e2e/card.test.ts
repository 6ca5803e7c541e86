/**
 * A customer with a card on the shop's page: inside the frame of the BFF's origin, checked by the ledger of the Payme simulator.
 * 390 px wide, in Russian for the usual way, in English where texts are compared.
 */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import type { OrderView } from '../../demo/page/qa-api.ts';
import { setUpDemo } from '../support/demo-harness.ts';
import { scaledTimeout } from '../support/load-factor.ts';
import { waitFor } from '../support/wait-for.ts';

const good = '8600 0691 9540 6311';

describe('a customer with a card', () => {
  const harness = setUpDemo({ context: { viewport: { width: 390, height: 844 } } });
  const ledger = () => harness.demo.payme.ledger();
  const control = async (path: string, body: object = {}) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(new URL(`/_/${path}`, harness.demo.payme.origin), {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
  };
  beforeEach(() => control('reset'));

  const form = (): FrameLocator => harness.page.frameLocator('pay-desk iframe');
  const field = (autocomplete: string) => form().locator(`[autocomplete="${autocomplete}"]`);
  const order = async (id: string) => (await (await fetch(new URL(`/orders/${id}`, harness.demo.urls.qa))).json()) as OrderView;

  /** The card form of a new order of 5,000.00 UZS. @returns The order's number. */
  const buy = async (lang = 'en'): Promise<string> => {
    await harness.page.goto(`${harness.demo.urls.shop}?currency=UZS&lang=${lang}`);
    await harness.page.getByRole('button', { name: 'Buy this book' }).click();
    await harness.page.locator('pay-desk input[value=card]').check();
    // A saved card comes first, where there is one.
    await form().locator('input').first().waitFor();
    return harness.page.url().split('/').at(-1)?.split('?')[0] ?? '';
  };
  const enterCard = async (number = good) => {
    await field('cc-number').fill(number);
    await field('cc-exp').fill('03/99');
    if (await field('tel').count()) await field('tel').fill('+998 90 130 45 27');
    await form().locator('button[type=submit]').click();
  };
  const enterCode = async (code = '666666') => {
    await field('one-time-code').fill(code);
    await form().locator('button[type=submit]').click();
  };
  const paid = (id: string) => waitFor(async () => (await order(id)).status === 'paid');
  const checkout = (status: string) =>
    harness.page.locator(`pay-desk[data-status=${status}]`).waitFor({ timeout: scaledTimeout(60_000) });

  it('pays 5,000.00 UZS inside the frame: one paid receipt, one webhook, and nothing of the card on the page', async () => {
    const id = await buy('ru');
    await enterCard();
    await enterCode();
    await checkout('succeeded');
    await paid(id);
    const { receipts, payments } = ledger();
    assert.deepEqual(
      receipts.map(({ state, amount, currency, card }) => [state, amount, currency, card]),
      [[4, 500_000, 860, '6311']],
    );
    assert.equal(payments.length, 1);
    const { webhooks } = await order(id);
    assert.deepEqual(
      webhooks.map(({ type }) => type),
      ['payment.succeeded'],
    );
    const page = await harness.page.evaluate(
      () => document.documentElement.outerHTML + JSON.stringify({ ...sessionStorage }) + location.href,
    );
    assert.doesNotMatch(page, /8600\s?0691|666666|03\/99/);
  });

  it('is refunded by the shop: the receipt ends in state 50, and the shop gets one webhook', async () => {
    const id = await buy();
    await enterCard();
    await enterCode();
    await paid(id);
    const { status } = (await (
      await fetch(new URL(`/orders/${id}/refund`, harness.demo.urls.qa), { method: 'POST' })
    ).json()) as {
      status: number;
    };
    assert.equal(status, 200);
    await control('clock', { advanceMs: 60_000 });
    await waitFor(async () => (await order(id)).webhooks.some(({ type }) => type === 'payment.refunded'), 60_000);
    assert.equal(ledger().receipts[0]?.state, 50);
    assert.ok(ledger().payments[0]?.refundedAt);
    await harness.page.reload();
    await checkout('refunded');
  });

  it('whose payment got no answer from Payme sees “checking”, then “paid”, and pays once', async () => {
    const id = await buy();
    await enterCard();
    await field('one-time-code').waitFor();
    await control('faults', { op: 'receipts.pay', when: 'after', kind: 'reset' });
    // The receipt cannot be read at once either.
    await control('faults', { op: 'receipts.check', when: 'before', kind: 'http500' });
    await enterCode();
    await harness.page.getByRole('heading', { name: 'We are checking your payment' }).waitFor();
    await harness.page.getByRole('heading', { name: 'Paid' }).waitFor({ timeout: scaledTimeout(60_000) });
    await paid(id);
    assert.equal(ledger().payments.length, 1);
    assert.equal(ledger().receipts.length, 1);
  });

  const bad: [string, string, RegExp, step?: 'pay'][] = [
    ['8600 0609 2109 0842', 'has no SMS', /SMS/],
    ['3333 3364 1580 4657', 'has expired', /expired/],
    ['4444 4459 8745 9073', 'is blocked', /blocked/],
    ['8600 1434 1777 0323', 'meets an unknown error at Payme', /can’t be reached|isn’t available|not available|try again/i],
    ['8600 1343 0184 9596', 'is declined after a while', /declined|didn’t accept|refused/i, 'pay'],
  ];
  for (const [number, words, message, step] of bad) {
    it(`whose card ${words} sees why, and that nothing was charged`, async () => {
      await buy();
      await enterCard(number);
      if (step === 'pay') await enterCode();
      const note = form().locator('[part=error]');
      await note.first().waitFor({ timeout: scaledTimeout(60_000) });
      const text = (await note.allInnerTexts()).join(' ');
      assert.match(text, message);
      assert.match(text, /nothing was charged/i);
      assert.equal(ledger().payments.length, 0);
      // In place, with another card.
      await enterCard();
      await enterCode();
      await checkout('succeeded');
    });
  }

  it('whose code is wrong, then right, pays; the wrong one charges nothing', async () => {
    const id = await buy();
    await enterCard();
    await enterCode('111111');
    await form()
      .locator('[part=error]')
      .getByText(/nothing was charged/i)
      .waitFor();
    assert.equal(ledger().receipts.length, 0);
    await enterCode();
    await paid(id);
  });

  it('continues at the same step after a reload', async () => {
    const id = await buy();
    await harness.page.reload();
    await harness.page.locator('pay-desk input[value=card]').check();
    await enterCard();
    await field('one-time-code').waitFor();
    await harness.page.reload();
    await field('one-time-code').waitFor();
    assert.equal(ledger().sms.length, 1, 'a reload sends no other SMS');
    await enterCode();
    await checkout('succeeded');
    await harness.page.reload();
    await checkout('succeeded');
    await paid(id);
    assert.equal(ledger().payments.length, 1);
  });

  it('who saved the card pays the next order with it, after its SMS, and can remove it', async () => {
    await buy();
    await form().getByRole('checkbox').check();
    await enterCard();
    await enterCode();
    await checkout('succeeded');
    await waitFor(async () => {
      await buy().catch(() => undefined);
      return (await form().getByText(/6311/).count()) > 0;
    }, 60_000);
    await form().locator('input[type=radio]').first().check();
    if (await field('tel').count()) await field('tel').fill('901304527');
    await form().locator('button[type=submit]').click();
    await enterCode();
    await checkout('succeeded');
    assert.equal(ledger().payments.length, 2);
    await buy();
    await form().getByRole('button', { name: 'Manage' }).click();
    await form().getByRole('button', { name: 'Remove the card ending in 6311' }).click();
    await form().getByRole('button', { name: 'Remove', exact: true }).click();
    await form().locator('input[type=radio]').first().waitFor({ state: 'detached' });
    await waitFor(async () => ledger().cards.every(({ removed }) => removed));
  });
});
