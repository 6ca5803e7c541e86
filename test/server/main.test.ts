/** The process as an operator sees it: how it refuses to start, and how it ends. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { hashBearer } from '../../server/payments/bearer.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'pay-desk-main-'));
const key = 'sk_live_main_test';
const children: ChildProcess[] = [];

before(() => {
  // The process serves the widget, so there has to be one.
  if (!existsSync(join(root, 'dist/widget/v1'))) execFileSync('npm', ['run', '--silent', 'build:widget'], { cwd: root });
  const payCode = {
    url: 'http://127.0.0.1:9',
    auth: { type: 'bearer', key: 'none' },
    rules: [{ slug: 'codes', kind: 'enter', currency: 'PLN', priceScale: 2 }],
  };
  const merchant = {
    id: 'shop',
    name: 'Shop',
    test: false,
    apiKeys: [`sha256:${hashBearer(key)}`],
    webhook: { url: 'http://127.0.0.1:9/hook', secrets: ['whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE='] },
    allowedOrigins: [],
    methods: { payCode },
  };
  writeFileSync(join(folder, 'merchants.json'), JSON.stringify({ merchants: [merchant] }));
});
after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function run(env: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      PUBLIC_URL: 'http://localhost:4400',
      DATABASE_URL: `sqlite:${join(folder, `${children.length}.db`)}`,
      SEALING_KEY: '11'.repeat(32),
      MERCHANTS_FILE: join(folder, 'merchants.json'),
      ...env,
    },
  });
  children.push(child);
  return child;
}

async function ending(child: ChildProcess) {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, said };
}

/** Resolves with the address that it says it listens on. */
async function listening(child: ChildProcess): Promise<string> {
  assert.ok(child.stdout);
  for await (const line of createInterface(child.stdout)) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
    if (address) {
      child.stdout.resume();
      return address[0];
    }
  }
  throw new Error('it ended before it listened');
}

/** A customer who waits for news of an open payment for `seconds`. */
async function waitingCustomer(address: string, seconds: number) {
  const created = await fetch(`${address}/v1/payments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': 'one' },
    body: JSON.stringify({ amount: 2500, currency: 'PLN', orderId: 'o-1', label: 'c' }),
  });
  const { clientSecret } = (await created.json()) as { clientSecret: string };
  const headers = { authorization: `Bearer ${clientSecret}` };
  const { version } = (await (await fetch(`${address}/checkout`, { headers })).json()) as { version: number };
  const answer = fetch(`${address}/checkout?since=${version}&wait=${seconds}`, { headers });
  // Answered after it, so the waiting one has reached the server.
  await fetch(`${address}/readyz`);
  return { answer };
}

describe('the process', () => {
  it('says in one sentence which variable stops it', async () => {
    const { code, said } = await ending(run({ SEALING_KEY: 'planted-value' }));
    assert.deepEqual([code, said], [1, 'SEALING_KEY: expected 32 random bytes in base64 or hex.\n']);
  });

  it('says so too where the database cannot be opened, without its password', async () => {
    const { code, said } = await ending(run({ DATABASE_URL: 'postgres://pay:planted-password@127.0.0.1:9/pay' }));
    assert.deepEqual([code, said], [1, 'DATABASE_URL: expected a database that can be opened and written (ECONNREFUSED).\n']);
  });

  it('ends on SIGTERM with its work done: who waits is answered first', async () => {
    const child = run();
    const { answer } = await waitingCustomer(await listening(child), 2);
    const ended = ending(child);
    child.kill('SIGTERM');
    assert.equal(((await (await answer).json()) as { status: string }).status, 'open');
    assert.deepEqual(await ended, { code: 0, said: '' });
  });

  it('ends at once where it is asked twice', async () => {
    const child = run();
    const address = await listening(child);
    const { answer } = await waitingCustomer(address, 20);
    const cut = assert.rejects(answer);
    const ended = ending(child);
    child.kill('SIGTERM');
    while (await fetch(`${address}/healthz`).catch(() => null));
    child.kill('SIGTERM');
    await cut;
    assert.equal((await ended).code, 1);
  });
});
