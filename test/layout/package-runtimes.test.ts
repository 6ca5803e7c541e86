/**
 * `@pay-desk/server` where there is no Node: in Deno and Bun, if they are on the PATH, and in a bare world that has only what the web
 * platform has, as at an edge. It creates a payment, verifies a webhook, refuses a forged one, and signs a link.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { runInContext } from 'node:vm';
import { Webhook } from 'standardwebhooks';
import { bundleForEdge, edgeWorld } from '../support/edge-world.ts';
import { installPacked } from '../support/packed-package.ts';
import { createRunningServer } from '../support/running-server.ts';
import { waitFor } from '../support/wait-for.ts';
import { whyNoProgram } from '../support/why-no-program.ts';

const { key, vectors } = JSON.parse(readFileSync(new URL('../server/links/vectors.json', import.meta.url), 'utf8')) as {
  key: string;
  vectors: { parameters: Record<string, string>; signature: string }[];
};

describe('@pay-desk/server', () => {
  const project = mkdtempSync(join(tmpdir(), 'pay-desk-runtimes-'));
  let running: Awaited<ReturnType<typeof createRunningServer>>;
  before(async () => {
    installPacked(project, 'server');
    running = await createRunningServer('sqlite::memory:');
  });
  after(async () => {
    await running?.close();
    rmSync(project, { recursive: true });
  });

  /** The server of a shop, which prints what it has found out. */
  function program(orderId: string): string {
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    const rawBody = JSON.stringify({ type: 'payment.succeeded', timestamp: '', sequence: 1, data: { payment: { orderId } } });
    const now = new Date();
    const headers = {
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign('evt_1', now, rawBody),
    };
    const given = { origin: running.server.address, apiKey: running.apiKey, secret, rawBody, headers, orderId, key, vectors };
    return `
import { createPayDeskClient, PayDeskError, signLink, verifyWebhook } from '@pay-desk/server';
const { origin, apiKey, secret, rawBody, headers, orderId, key, vectors } = ${JSON.stringify(given)};
const payDesk = createPayDeskClient({ baseUrl: origin, apiKey });
const order = { amount: 2500, currency: 'PLN', orderId, label: 'customer-7' };
const { payment } = await payDesk.payments.create(order);
const refused = await payDesk.payments.create({ ...order, amount: -1 }).catch((error) => error);
const believed = await verifyWebhook(rawBody, new Headers(headers), secret);
const forged = await verifyWebhook(rawBody + ' ', headers, secret).catch(({ code }) => code);
const signatures = await Promise.all(vectors.map(({ parameters }) => signLink(parameters, key)));
const signed = signatures.every((signature, at) => signature === vectors[at].signature);
console.log([payment.status, refused instanceof PayDeskError && refused.code, believed.data.payment.orderId, forged, signed].join(' '));`;
  }
  const found = (orderId: string) => `open invalid_request ${orderId} signature_wrong true`;

  for (const [name, args] of [
    ['deno', ['run', '--no-remote', '--allow-net', '--allow-read', '--allow-env']],
    ['bun', []],
  ] as const)
    it(`runs in ${name}`, { skip: whyNoProgram(name, '--version') }, async () => {
      const file = join(project, `${name}.mjs`);
      writeFileSync(file, program(`order-${name}`));
      const { stdout } = await promisify(execFile)(name, [...args, file], { cwd: project });
      assert.equal(stdout.trim(), found(`order-${name}`));
    });

  it('runs where there is nothing but the web platform', async () => {
    writeFileSync(join(project, 'edge.mjs'), program('order-edge'));
    const code = await bundleForEdge(project, 'edge.mjs');
    const printed: string[] = [];
    const world = edgeWorld((text) => printed.push(text));
    const failed: unknown[] = [];
    assert.equal(runInContext('typeof process + typeof Buffer + typeof require', world), 'undefined'.repeat(3));
    (runInContext(`(async () => {${code}})()`, world) as Promise<void>).catch((error) => failed.push(error));
    await waitFor(async () => printed.length + failed.length);
    assert.deepEqual([printed, failed], [[found('order-edge')], []]);
  });
});
