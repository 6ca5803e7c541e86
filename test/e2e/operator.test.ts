/** An operator ends what waits, in a real browser against the demo: found in the queue or by its reference, and ended in the console. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import Database from 'better-sqlite3';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PaymentView } from '#contract';
import type { OrderView } from '../../demo/page/qa-api.ts';
import { postbackBody } from '../../demo/simulators/paykassma/postback-body.ts';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { demoKeys } from '../../server/demo-keys.ts';
import { axeFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { waitFor } from '../support/wait-for.ts';

/** Transaction numbers with a meaning at the simulator: a possible transaction, and one of half the amount. */
const possible = () => `1000${digits(4)}03`;
const half = () => `1000${digits(4)}06`;
const digits = (count: number) => String(Math.floor(Math.random() * 10 ** count)).padStart(count, '0');

describe('an operator', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-operator-'));
  const file = join(folder, 'pay-desk.db');
  let demo: Demo;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  before(async () => {
    [demo, browser] = await Promise.all([startDemo({ portBase: 0, databaseUrl: `sqlite:${file}` }), launchChromium()]);
  });
  after(async () => {
    await browser?.close();
    await demo?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await context?.close();
    context = await browser.newContext({ locale: 'en-GB' });
    page = await context.newPage();
  });

  const post = async <Answer>(
    base: string,
    path: string,
    body: object,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const given = { 'content-type': 'application/json', ...headers };
    const response = await fetch(new URL(path, base), { method: 'POST', headers: given, body: JSON.stringify(body) });
    return (await response.json()) as Answer;
  };

  /** A payment whose customer sees where to transfer to, and has submitted a transaction number if there is one. */
  const shown = async (number?: string): Promise<PaymentView> => {
    const order = await post<OrderView>(demo.urls.qa, '/orders', { amount: 600_000, currency: 'MMK' });
    const html = await (await fetch(new URL(`/shop/checkout/${order.id}`, demo.urls.qa))).text();
    const bearer = { authorization: `Bearer ${/data-client-secret="([^"]+)"/.exec(html)?.[1]}` };
    const call = (path: string, body: object) =>
      post<PaymentView & { view?: PaymentView }>(demo.urls.bff, `/checkout${path}`, body, {
        ...bearer,
        'idempotency-key': crypto.randomUUID(),
      });
    await call('/wallet', { walletType: 'wavepay' });
    if (number) await call('/wallet/transaction', { transactionNumber: number });
    return (await (await fetch(new URL('/checkout', demo.urls.bff), { headers: bearer })).json()) as PaymentView;
  };

  /** A payment that waits for a person: another one has claimed its number, and is not settled. */
  const inReview = async (): Promise<PaymentView> => {
    const number = possible();
    await shown(number);
    const view = await shown(number);
    assert.equal(view.status, 'needs_review');
    return view;
  };

  const signIn = async (address = '', key: string = demoKeys.operators.anna) => {
    await page.goto(`${demo.urls.operate}/${address}`);
    await page.getByLabel('Your key').fill(key);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  };

  const statusOf = async (id: string): Promise<string> => {
    const headers = { authorization: `Bearer ${demoKeys.apiKey}` };
    const payment = (await (await fetch(new URL(`/v1/payments/${id}`, demo.urls.bff), { headers })).json()) as { status: string };
    return payment.status;
  };

  it('finds in the queue what needs review, reads what happened, and says nothing to the outside', async () => {
    const faults: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(demo.urls.operate) && !request.url().startsWith('data:')) faults.push(request.url());
    });
    const { reference } = await inReview();
    await signIn();
    await page.getByRole('link', { name: reference }).click();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    await page.getByText('Only a person can decide').first().waitFor();
    assert.deepEqual(await axeFaults(page), []);
    assert.deepEqual(faults, []);
    assert.deepEqual(await context.cookies(), []);
  });

  it('finds a payment by the reference that the customer reads out', async () => {
    const { reference } = await inReview();
    await signIn('#/payments');
    await page.keyboard.press('/');
    await page.keyboard.type(reference.toLowerCase());
    await page.keyboard.press('Enter');
    await page.getByText('was understood as').waitFor();
    await page.getByRole('link', { name: reference }).click();
    await page.getByRole('heading', { name: reference }).waitFor();
  });

  it('is asked for the key again after a reload', async () => {
    await signIn();
    await page.reload();
    await page.getByLabel('Your key').waitFor();
  });

  it('records as paid what needs review, after reading what that does', async () => {
    const { id, reference } = await inReview();
    await signIn(`#/payments/${id}`);
    await page.getByRole('button', { name: 'It was paid', exact: false }).first().click();
    await page.getByText('What will happen').waitFor();
    await page.getByText('What cannot be undone').waitFor();
    assert.equal(await statusOf(id), 'needs_review');
    await page.getByLabel('Amount, in MMK').fill('6000.00');
    await page.getByLabel('What paid').fill(`5000${digits(6)}`);
    await page.getByLabel('Note').fill('Seen in the cabinet of Wave Pay');
    await page.getByRole('button', { name: 'Do it: It was paid' }).first().click();
    await page.getByText('The payment is now: paid.').waitFor();
    assert.equal(await statusOf(id), 'succeeded');
    await page.getByRole('link', { name: 'Queue' }).click();
    await page.getByRole('heading', { name: 'Queue' }).waitFor();
    await page.locator('.chips').waitFor();
    assert.equal(await page.getByRole('link', { name: reference }).count(), 0);
  });

  it('does nothing about a payment that has moved meanwhile, and says what has changed', async () => {
    const { id } = await inReview();
    await signIn(`#/payments/${id}`);
    await page.getByRole('button', { name: 'It was not paid' }).click();
    await page.getByLabel('Note').fill('The customer says so');
    const headers = { authorization: `Bearer ${demoKeys.apiKey}` };
    const before = (await (await fetch(new URL(`/v1/payments/${id}`, demo.urls.bff), { headers })).json()) as {
      version: number;
      attempts: { id: string }[];
    };
    const decided = {
      outcome: 'paid',
      attemptId: before.attempts[0]?.id,
      amount: 600_000,
      currency: 'MMK',
      upstreamId: `6000${digits(6)}`,
    };
    await post(
      demo.urls.bff,
      `/v1/payments/${id}/resolve`,
      { ...decided, note: 'By the shop', version: before.version },
      headers,
    );
    await page.getByRole('button', { name: 'Do it: It was not paid' }).click();
    await page.getByText('Status: Needs review → Paid').waitFor();
    assert.equal(await page.getByLabel('Note').inputValue(), 'The customer says so');
    assert.equal(await statusOf(id), 'succeeded');
  });

  it('accepts too little money as enough', async () => {
    const { id, reference } = await shown(half());
    assert.equal(await waitFor(async () => (await statusOf(id)) === 'underpaid' && 'underpaid'), 'underpaid');
    await signIn('#/queue?kind=underpaid');
    await page.getByRole('link', { name: reference }).click();
    await page.getByRole('button', { name: 'Accept what has come as enough' }).click();
    await page.getByLabel('Note').fill('A regular customer');
    await page.getByRole('button', { name: 'Do it: Accept' }).click();
    await page.getByText('The payment is now: paid.').waitFor();
    assert.equal(await statusOf(id), 'succeeded');
  });

  it('sends a webhook again that was given up', async () => {
    const { id, reference } = await shown(`13946${digits(5)}`);
    await waitFor(async () => (await statusOf(id)) === 'succeeded');
    const statusOfWebhook = () => {
      const db = new Database(file);
      const row = db.prepare("select status from outbox where payment_id = ? and type = 'payment.succeeded'").get(id);
      db.close();
      return (row as { status: string } | undefined)?.status;
    };
    await waitFor(async () => statusOfWebhook() === 'delivered');
    // More than three days of tries are not waited for.
    const db = new Database(file);
    db.prepare("update outbox set status = 'parked' where payment_id = ? and type = 'payment.succeeded'").run(id);
    db.close();
    await signIn('#/webhooks');
    await page.getByRole('link', { name: reference }).click();
    await page.getByRole('button', { name: 'Send it again' }).click();
    await page.getByText('It waits to be sent.').waitFor();
    await waitFor(async () => statusOfWebhook() === 'delivered');
    await page.locator('.page-head .pill', { hasText: 'Delivered' }).waitFor();
  });

  it('matches a postback of nobody to its payment, with the amount that it types in', async () => {
    const transaction = {
      custom_transaction_id: `att_${digits(8)}`,
      wallet_type: 'wavepay',
      label: 'nobody',
      key1: `7000${digits(6)}`,
      currency_code: 'MMK',
      amount: 600_000,
      deposit_amount: 600_000,
      status: 'activated' as const,
      at: new Date().toISOString(),
    };
    const shape = { mode: 'flat' as const, wrongSignature: false, unsignedTimes: 1, unescapedBody: false };
    const answer = await fetch(new URL(`/postbacks/paykassma/${demoKeys.merchantId}`, demo.urls.bff), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: postbackBody(transaction, demoKeys.paykassma, shape),
    });
    assert.equal(answer.status, 200);
    const { id, reference } = await shown();
    await signIn('#/queue?kind=unmatched_postback');
    await page.locator('.row').first().click();
    const item = page.locator('.postback', { hasText: transaction.key1 });
    await item.getByRole('button', { name: 'Match to a payment' }).click();
    await item.getByLabel('Find a payment').fill(reference);
    await item.getByRole('button', { name: 'Find', exact: true }).click();
    await item.getByRole('button', { name: reference }).first().click();
    await item.getByLabel('Amount from Paykassma’s cabinet').fill('6000');
    await item.getByLabel('Note').fill('The same transfer in the cabinet');
    await item.getByRole('button', { name: `Do it: match to ${reference}` }).click();
    await page.getByText('Done: matched.').waitFor();
    assert.equal(await statusOf(id), 'succeeded');
  });
});
