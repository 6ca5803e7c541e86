/**
 * A page of a developer's own, with a server of their own, against the demo: as `npm run demo -- --origin … --webhook …` starts it, and
 * what the developer reads where it was not told of the page.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { demoKeys } from '../../server/demo-keys.ts';
import { launchChromium } from '../support/chromium.ts';
import { waitFor } from '../support/wait-for.ts';

/** A server with one page, which makes a payment for each visit and receives webhooks. */
async function createOwnServer() {
  const received: { type: string; data: { payment: { orderId: string } } }[] = [];
  const state = { bff: '', failing: 0 };
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      const body = await bodyOf(request);
      if (state.failing > 0) {
        state.failing -= 1;
        return response.writeHead(500).end();
      }
      const headers = request.headers as Record<string, string>;
      received.push(new Webhook(demoKeys.webhookSecret).verify(body, headers) as (typeof received)[number]);
      return response.writeHead(204).end();
    }
    const created = await fetch(`${state.bff}/v1/payments`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${demoKeys.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify({ amount: 2500, currency: 'PLN', orderId: 'own-1', label: 'customer-7', locale: 'en' }),
    });
    const { clientSecret } = (await created.json()) as { clientSecret: string };
    return response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(
        `<!doctype html><title>Own</title><div id="checkout"></div><script src="${state.bff}/v1/pay-desk.js" async data-client-secret="${clientSecret}" data-target="#checkout"></script>`,
      );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { received, state, server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}

describe('a page of one’s own against the demo', () => {
  let own: Awaited<ReturnType<typeof createOwnServer>>;
  let browser: Browser;
  const demos: Demo[] = [];
  before(async () => {
    [own, browser] = await Promise.all([createOwnServer(), launchChromium()]);
  });
  after(async () => {
    await browser?.close();
    for (const demo of demos) await demo.close();
    own?.server.close();
  });

  async function visit(options: Parameters<typeof startDemo>[0]) {
    const demo = await startDemo({ portBase: 0, ...options });
    demos.push(demo);
    own.state.bff = demo.urls.bff;
    const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    const told: string[] = [];
    page.on('console', (message) => void told.push(message.text()));
    await page.goto(own.origin);
    return { page, told };
  }

  it('pays, and its server gets the webhook, again where it had failed', async () => {
    own.state.failing = 1;
    const { page, told } = await visit({ origins: [own.origin], webhookTo: `${own.origin}/webhooks` });
    await page.getByRole('textbox', { name: 'Pay code' }).fill('GOOD0001');
    await page.getByRole('button', { name: 'Pay 25.00 PLN' }).click();
    await page.getByRole('heading', { name: 'Paid' }).waitFor();
    await waitFor(async () => own.received.some(({ type }) => type === 'payment.succeeded'), 60_000);
    assert.equal(own.received[0]?.data.payment.orderId, 'own-1');
    assert.deepEqual(
      told.filter((text) => text.includes('Pay Desk')),
      [],
    );
  });

  it('reads in the console which setting lets it in, once, and the customer that it does not open', async () => {
    const { page, told } = await visit({});
    await page.getByRole('heading', { name: 'We can’t open this payment' }).waitFor();
    const said = () => told.filter((text) => text.startsWith('Pay Desk: '));
    await waitFor(async () => said().length > 0);
    assert.match(said()[0] ?? '', new RegExp(`Add "${own.origin}" to "allowedOrigins" .*npm run demo -- --origin ${own.origin}`));
    assert.equal(said().length, 1);
  });
});
