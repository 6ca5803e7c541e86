/**
 * The package `@pay-desk/sandbox` as a developer has it who has never seen this repository: one command, a page and a server of their own,
 * a paid payment and a webhook whose signature is right. And what it must never be: a part of the server for real money.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { Webhook } from 'standardwebhooks';
import type { Webhook as WebhookBody } from '../../server/sdk/index.ts';
import { launchChromium } from '../support/chromium.ts';
import { installPacked } from '../support/packed-package.ts';
import { freePortBase } from '../support/port-base.ts';
import { waitFor } from '../support/wait-for.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('the sandbox', () => {
  const project = mkdtempSync(join(tmpdir(), 'pay-desk-sandbox-'));
  const command = join(project, 'node_modules/@pay-desk/cli/pay-desk.js');
  const webhooks: { body: string; headers: Record<string, string> }[] = [];
  let page = '';
  const shop = createServer(async (request, response) => {
    if (request.method === 'POST')
      webhooks.push({ body: await text(request), headers: request.headers as Record<string, string> });
    response.setHeader('content-type', 'text/html').end(page);
  });
  before(async () => {
    installPacked(project, 'cli');
    shop.listen(0, '127.0.0.1');
    await once(shop, 'listening');
  });
  after(() => {
    shop.close();
    rmSync(project, { recursive: true });
  });

  /** `pay-desk sandbox`, as it was typed. */
  function start(args: readonly string[], env: Record<string, string> = {}) {
    const child = spawn(process.execPath, [command, 'sandbox', ...args], {
      cwd: project,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, ...env },
    });
    const seen = { child, printed: '' };
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (piece: string) => {
        seen.printed += piece;
      });
    return seen;
  }

  it('is named with its command where it is not installed', async () => {
    const refused = start(['--origin', 'http://localhost:3000']);
    assert.deepEqual(await once(refused.child, 'close'), [1, null]);
    assert.equal(
      refused.printed,
      'The sandbox is not installed, because its simulators must never be where real money moves. ' +
        'Run it by: npx @pay-desk/sandbox --origin http://localhost:3000\n',
    );
  });

  it('takes the payment of a page of one’s own, sends its webhook, and ends with the command', async () => {
    installPacked(project, 'sandbox');
    const origin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
    const running = start(['--origin', origin, '--webhook', `${origin}/webhooks`], { PORT_BASE: String(await freePortBase()) });
    const ended = once(running.child, 'exit');
    try {
      await waitFor(async () => running.printed.includes('Ctrl-C') || running.child.exitCode !== null, 30_000);
      assert.equal(running.child.exitCode, null, running.printed);
      const exported = [...running.printed.matchAll(/^export (.*)$/gm)].map(([, line]) => line).join('\n');
      const { PAY_DESK_ORIGIN, PAY_DESK_API_KEY, PAY_DESK_WEBHOOK_SECRET = '' } = parseEnv(exported);
      const created = await fetch(`${PAY_DESK_ORIGIN}/v1/payments`, {
        method: 'POST',
        headers: { authorization: `Bearer ${PAY_DESK_API_KEY}`, 'idempotency-key': '1', 'content-type': 'application/json' },
        body: JSON.stringify({ amount: 2500, currency: 'PLN', orderId: '10482', label: 'customer-7' }),
      });
      const { clientSecret } = (await created.json()) as { clientSecret: string };
      page = `<!doctype html><title>Shop</title><div id="checkout"></div>
<script src="${PAY_DESK_ORIGIN}/v1/pay-desk.js" async data-client-secret="${clientSecret}" data-target="#checkout"></script>`;
      const browser = await launchChromium();
      try {
        const tab = await (await browser.newContext({ locale: 'en-GB' })).newPage();
        await tab.goto(origin);
        await tab.getByRole('textbox').fill('GOOD0001');
        await tab.keyboard.press('Enter');
        await tab.getByRole('heading', { name: 'Paid', exact: true }).waitFor();
      } finally {
        await browser.close();
      }
      const { body, headers } = await waitFor(async () => webhooks[0]);
      const { type, data } = new Webhook(PAY_DESK_WEBHOOK_SECRET).verify(body, headers) as WebhookBody;
      assert.deepEqual([type, data.payment.orderId], ['payment.succeeded', '10482']);
      running.child.kill('SIGTERM');
      assert.deepEqual(await ended, [0, null]);
      await assert.rejects(fetch(`${PAY_DESK_ORIGIN}/healthz`));
    } finally {
      running.child.kill('SIGKILL');
    }
  });

  it('does not start where real money may move', async () => {
    const refused = start([], { NODE_ENV: 'production', PORT_BASE: String(await freePortBase()) });
    assert.deepEqual(await once(refused.child, 'close'), [1, null]);
    assert.match(refused.printed, /does not start when NODE_ENV is production/);
  });

  it('is in no other program: neither the server nor its command nor the package for shops has a simulator', () => {
    const simulator = /does not start when NODE_ENV is production/;
    const programs = ['dist/server', 'dist/npm/cli', 'dist/npm/server', 'dist/npm/pay-desk'];
    const files = programs.flatMap((folder) => globSync(`${folder}/**/*.js`, { cwd: root }));
    assert.ok(files.length > 30);
    const sandbox = globSync('dist/npm/sandbox/demo/*.js', { cwd: root });
    assert.ok(sandbox.some((path) => simulator.test(readFileSync(join(root, path), 'utf8'))));
    assert.deepEqual(
      files.filter((path) => simulator.test(readFileSync(join(root, path), 'utf8'))),
      [],
    );
  });
});
