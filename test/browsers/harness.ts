/** The demo, pages that a test writes, and a customer in one engine, for a whole group of tests. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach } from 'node:test';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { demoKeys } from '../../server/demo-keys.ts';
import { waitFor } from '../support/wait-for.ts';
import { type Customer, customerAt } from './customer.ts';
import type { Engine, RunningEngine } from './engine.ts';
import { type PageServer, startPageServer } from './page-server.ts';

export interface BrowserHarness {
  demo: Demo;
  pages: PageServer;
  bff: string;
  customer: Customer;
  goto(url: string): Promise<void>;
  /** Serves a page of the shop with this body, and goes there. */
  open(body: string, headers?: Record<string, string>): Promise<void>;
  /** A payment of 25.00 PLN. */
  payment(): Promise<{ id: string; clientSecret: string; pluginUrl: string }>;
  /** What the merchant's server would ship by. */
  untilPaid(id: string): Promise<void>;
  /** A POST to the shop's server. */
  post<Answer>(path: string, body?: object): Promise<Answer>;
}

/** Call it inside `describe`: it starts before the first test and ends after the last. */
export function setUpBrowser(engine: Engine): BrowserHarness {
  const harness = {} as BrowserHarness;
  let running: RunningEngine;
  before(async () => {
    harness.pages = await startPageServer();
    harness.demo = await startDemo({ portBase: 0, origins: [harness.pages.origin] });
    harness.bff = new URL(harness.demo.urls.bff).origin;
    running = await engine.launch();
    console.error(`Testing in ${engine.name}: ${running.version}`);
    harness.customer = customerAt(running.tab);
    harness.goto = (url) => running.tab.goto(url);
  });
  after(async () => {
    await running?.close();
    await harness.demo?.close();
    await harness.pages?.close();
  });
  beforeEach(async () => {
    harness.pages.stolen.length = 0;
    await harness.post('/qa/reset');
  });

  harness.open = (body, headers) =>
    harness.goto(harness.pages.serve(`<!doctype html><html lang="en"><title>Shop</title><body>${body}`, headers));
  harness.payment = async () => {
    const response = await fetch(`${harness.bff}/v1/payments`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${demoKeys.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({ amount: 2500, currency: 'PLN', orderId: `order-${randomUUID()}`, label: 'customer-1' }),
    });
    assert.equal(response.status, 201);
    const { payment, clientSecret, pluginUrl } = (await response.json()) as {
      payment: { id: string };
      clientSecret: string;
      pluginUrl: string;
    };
    return { id: payment.id, clientSecret, pluginUrl };
  };
  harness.untilPaid = async (id) => {
    const headers = { authorization: `Bearer ${demoKeys.apiKey}` };
    await waitFor(async () => {
      const { status } = (await (await fetch(`${harness.bff}/v1/payments/${id}`, { headers })).json()) as { status: string };
      return status === 'succeeded';
    }, 30_000);
  };
  harness.post = async (path, body = {}) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(new URL(path, harness.demo.urls.qa), { method: 'POST', headers, body: JSON.stringify(body) });
    assert.ok(response.ok, `${path} answered ${response.status}`);
    return response.json();
  };
  return harness;
}
