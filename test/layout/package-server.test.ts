/** The server of a shop that has installed `@pay-desk/server`: it creates a payment, believes the webhook, and signs a link. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as Sdk from '../../server/sdk/index.ts';
import { installPacked } from '../support/packed-package.ts';
import { createRunningServer } from '../support/running-server.ts';
import { waitFor } from '../support/wait-for.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const secret = `whsec_${randomBytes(32).toString('base64')}`;
const linkKey = randomBytes(24).toString('hex');

/** A shop's server, as somebody would write it who does not know this repository; each mistake must be refused by the compiler. */
const shop = `
import { createPayDeskClient, PayDeskError, payLink, verifyWebhook } from '@pay-desk/server';

const payDesk = createPayDeskClient({ baseUrl: 'https://pay.example', apiKey: 'sk_test_1' });
// @ts-expect-error the option is called apiKey
createPayDeskClient({ baseUrl: 'https://pay.example', key: 'sk_test_1' });
const order = { currency: 'PLN', orderId: '1', label: 'customer-7' };
const { payment, clientSecret } = await payDesk.payments.create({ ...order, amount: 2500 }, { idempotencyKey: 'order-1' });
export const sum: number = payment.amount + clientSecret.length;
// @ts-expect-error an amount is a number of minor units
payDesk.payments.create({ ...order, amount: '25.00' });
// @ts-expect-error there is no such field
payDesk.payments.create({ ...order, amount: 2500, returnUrl: 'https://shop.example/' });
// @ts-expect-error a customer's id is missing
payDesk.payments.create({ currency: 'PLN', orderId: '1', amount: 2500 });
// @ts-expect-error there is no such status
payDesk.payments.list({ status: 'payed' });
// @ts-expect-error there is no such status
export const wrong: boolean = payment.status === 'paid';
// @ts-expect-error there is no such call
payDesk.payments.delete('pay_1');
const webhook = await verifyWebhook('{}', new Headers(), ['whsec_1'], { toleranceSeconds: 60 });
// @ts-expect-error there is no such event
if (webhook.type === 'payment.paid') console.log(webhook.data.payment.orderId satisfies string);
const link = { merchant: 'shop', kid: '1', label: 'c', custom_transaction_id: '1', fixed_amount: 25, currency_code: 'PLN', exp: 1 };
await payLink('https://pay.example', link, 'key');
// @ts-expect-error there is no such parameter
await payLink('https://pay.example', { ...link, sucess_url: 'https://shop.example/' }, 'key');
try {
  await payDesk.payments.get('pay_1');
} catch (error) {
  // @ts-expect-error there is no such code
  if (error instanceof PayDeskError && error.code === 'no_such_code') throw error;
}
`;

describe('the server of a shop with @pay-desk/server', () => {
  const project = mkdtempSync(join(tmpdir(), 'pay-desk-shop-server-'));
  const received: { rawBody: string; headers: IncomingHttpHeaders }[] = [];
  const receiver = createServer(async (request, response) => {
    const rawBody = await text(request);
    received.push({ rawBody, headers: request.headers });
    response.end();
  });
  let sdk: typeof Sdk;
  let running: Awaited<ReturnType<typeof createRunningServer>>;
  let payDesk: Sdk.PayDeskClient;

  before(async () => {
    const installed = installPacked(project, 'server');
    sdk = await import(pathToFileURL(join(installed, 'index.js')).href);
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhooks`;
    const settings = { webhook: { url, secrets: [secret] }, linkKeys: [{ kid: '2026', key: linkKey }] };
    running = await createRunningServer('sqlite::memory:', {}, settings);
    payDesk = sdk.createPayDeskClient({ baseUrl: running.server.address, apiKey: running.apiKey });
  });
  after(async () => {
    await running?.close();
    await new Promise((resolve) => receiver.close(resolve));
    rmSync(project, { recursive: true });
  });

  it('creates a payment, and believes the webhook when it is paid', async () => {
    const order = { amount: 2500, currency: 'PLN', orderId: '10482', label: 'customer-7' };
    const { payment, clientSecret } = await payDesk.payments.create(order);
    assert.equal(payment.status, 'open');
    const answer = await running.customer(clientSecret, '/checkout/pay-code', { code: 'GOOD0001' });
    assert.equal(answer.status, 200);
    const { rawBody, headers } = await waitFor(async () => received[0]);
    const { type, data } = await sdk.verifyWebhook(rawBody, headers, [`whsec_${randomBytes(32).toString('base64')}`, secret]);
    assert.deepEqual([type, data.payment.orderId, data.payment.amountPaid], ['payment.succeeded', '10482', 2500]);
    await assert.rejects(sdk.verifyWebhook(rawBody.replace('2500', '2501'), headers, secret), { code: 'signature_wrong' });
    assert.equal((await payDesk.payments.get(payment.id)).status, 'succeeded');
    assert.deepEqual((await payDesk.payments.list({ label: 'customer-7' })).payments.length, 1);
  });

  it('gets a refusal as an error with the stable code', async () => {
    await assert.rejects(payDesk.payments.get('pay_0123456789'), { name: 'PayDeskError', status: 404, code: 'not_found' });
    const order = { amount: -1, currency: 'PLN', orderId: '1', label: 'customer-7' };
    await assert.rejects(payDesk.payments.create(order), (error: Sdk.PayDeskError) => error.problem?.field === 'amount');
    const stranger = sdk.createPayDeskClient({ baseUrl: running.server.address, apiKey: 'sk_test_wrong' });
    await assert.rejects(stranger.payments.list(), { status: 401, code: 'unauthorized' });
  });

  it('gives up a call that is not answered in time', async () => {
    const silent = sdk.createPayDeskClient({
      baseUrl: running.server.address,
      apiKey: running.apiKey,
      timeoutMs: 20,
      fetch: ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    await assert.rejects(silent.payments.list(), { name: 'TimeoutError' });
  });

  it('signs a link that opens the payment', async () => {
    const link = await sdk.payLink(
      running.server.address,
      {
        merchant: 'shop',
        kid: '2026',
        label: 'customer-8',
        custom_transaction_id: '10483',
        fixed_amount: 40,
        currency_code: 'PLN',
        exp: Math.floor(Date.now() / 1000) + 600,
        lang: 'pl',
      },
      linkKey,
    );
    const opened = await running.customer('', '/checkout/link', { query: new URL(link).search.slice(1) });
    const { clientSecret } = (await opened.json()) as { clientSecret: string };
    const view = (await (await running.customer(clientSecret, '/checkout')).json()) as { due: number; orderId: string };
    assert.deepEqual([view.due, view.orderId], [4000, '10483']);
  });

  it('does not compile with any of the mistakes that people make', () => {
    writeFileSync(join(project, 'shop.ts'), shop);
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2023,dom,dom.iterable', '--types', ''];
    const modules = ['--skipLibCheck', 'false', '--module', 'node16', '--moduleResolution', 'node16', 'shop.ts'];
    let output = '';
    try {
      execFileSync(join(root, 'node_modules/.bin/tsc'), [...options, ...modules], {
        cwd: project,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    } catch (cause) {
      output = String((cause as { stdout?: string }).stdout);
    }
    assert.equal(output, '');
  });
});
