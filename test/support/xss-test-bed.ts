/** A BFF whose merchants, orders and upstream answers consist of payloads, with one merchant and one payment for each. */
import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { pageHeaders } from '../../demo/shop/page-options.ts';
import { freePorts } from '../../demo/start-demo.ts';
import { startServer } from '../../server/start-server.ts';
import { testConfig, testMerchant } from './test-server.ts';

export const linkKey = { kid: 'link', key: 'a link key that is long enough to be one' };

/** The number of upstream answers in which all payloads occur. */
const answerKinds = 41;

export interface HostilePayment {
  payload: string;
  merchantId: string;
  /** The payload, as far as the merchants file and the API accept it. */
  merchantName: string;
  orderId: string;
  clientSecret: string;
  pluginUrl: string;
}

export async function createXssTestBed(payloads: readonly string[]) {
  let answered = 0;
  const upstream = await listen(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { id } = JSON.parse(text) as { id: string };
    answered += 1;
    // Several payloads per answer, so that each occurs in fewer requests.
    const texts = payloads.filter((_, index) => index % answerKinds === answered % answerKinds).join(' ');
    const answer =
      answered % 2
        ? { error: { code: 100, message: texts, data: { message: texts, code: texts } } }
        : { result: { code: { code: texts, client: texts }, rule: { slug: texts, name: texts }, status: texts } };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
  });
  const shop = await listen((_request, response) => {
    // Report only: the policy must not be what stops a payload here, and yet must not be violated.
    const policy = pageHeaders(server.address)['content-security-policy'] ?? '';
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy-report-only': policy });
    response.end(
      `<!doctype html><html lang="en"><title>Shop</title><script src="${server.address}/v1/pay-desk.js"></script><main id="shop">`,
    );
  });

  const merchants = payloads.map((payload, index) =>
    testMerchant(`m${index}`, `sk_test_${index}`, {
      name: payload.replace(/\p{C}/gu, ' ').slice(0, 100),
      linkKeys: [linkKey],
      allowedOrigins: [shop.origin],
      methods: {
        payCode: {
          url: upstream.origin,
          auth: { type: 'bearer', key: 'a key' },
          rules: [{ slug: 'rule', kind: 'enter', currency: 'PLN', priceScale: 2 }],
          // High limits, because all customers have one address.
          limits: { wrongPerAddress: 10_000, wrongPerCustomer: 10_000 },
        },
      },
    }),
  );
  const [port = assert.fail()] = await freePorts(1);
  const server = await startServer(
    testConfig({
      port,
      // With its port, because signed links open for the plugin window's own origin only.
      publicUrl: new URL(`http://127.0.0.1:${port}`),
      databaseUrl: 'sqlite::memory:',
      logLevel: 'silent',
      merchants,
    }),
    { widgetRoot: fileURLToPath(new URL('../../dist/widget/', import.meta.url)) },
  );

  /** Sends a request as a merchant's server. @returns Null where the BFF declined. */
  const create = async (index: number, body: object): Promise<{ clientSecret: string; pluginUrl: string } | null> => {
    const response = await fetch(`${server.address}/v1/payments`, {
      method: 'POST',
      headers: {
        authorization: `Bearer sk_test_${index}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify({ amount: 2500, currency: 'PLN', ...body }),
    });
    assert.ok(response.status < 500, `${response.status} for ${JSON.stringify(body)}`);
    return response.ok ? ((await response.json()) as { clientSecret: string; pluginUrl: string }) : null;
  };
  const payments: HostilePayment[] = [];
  for (const [index, payload] of payloads.entries()) {
    const text = payload.replaceAll('\0', '');
    const way = `${shop.origin}/?${encodeURIComponent(text)}`;
    const made = await create(index, {
      orderId: text,
      label: text,
      description: text,
      metadata: { text },
      returnUrls: { success: way, fail: way, pending: way },
    });
    assert.ok(made, `no payment for ${payload}`);
    const { clientSecret, pluginUrl } = made;
    payments.push({
      payload,
      merchantId: `m${index}`,
      merchantName: merchants[index]?.name ?? '',
      orderId: text,
      clientSecret,
      pluginUrl,
    });
  }
  return {
    bff: server.address,
    /** Origin of a page with the script tag, which every merchant allows. */
    shop: `${shop.origin}/`,
    payments,
    create,
    /** Whether the upstream has answered with every payload. */
    answeredAll: () => answered >= answerKinds,
    async close(): Promise<void> {
      await server.stop();
      for (const { server: stopped } of [upstream, shop]) {
        stopped.closeAllConnections();
        stopped.close();
      }
    },
  };
}

async function listen(answer: RequestListener): Promise<{ server: Server; origin: string }> {
  const server = createServer(answer);
  // Longer than any client keeps a connection, so that none is ended while a request is being sent on it.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export type XssTestBed = Awaited<ReturnType<typeof createXssTestBed>>;
