/** The process: how it refuses to start, and how it ends. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { hashKey, newApiKey } from '../../server/payments/model/access-keys.ts';
import { scaledTimeout } from '../support/load-factor.ts';
import { createServerProcesses, ending, listening, type ServerProcesses } from '../support/server-process.ts';
import { waitFor } from '../support/wait-for.ts';

/** A PayCodes that accepts every call and never answers. */
const silent = createServer(() => undefined);
let processes: ServerProcesses;

before(async () => {
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  processes = createServerProcesses({ url: `http://127.0.0.1:${port}`, key: 'none' });
});
after(() => {
  processes.end();
  silent.closeAllConnections();
  silent.close();
});
const run = (env?: Record<string, string>) => processes.run(env);

/** A long poll of an open payment for `seconds`. */
async function waitingCustomer(address: string, seconds: number) {
  const created = await fetch(`${address}/v1/payments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${processes.apiKey}`, 'content-type': 'application/json', 'idempotency-key': 'one' },
    body: JSON.stringify({ amount: 2500, currency: 'PLN', orderId: 'o-1', label: 'c' }),
  });
  const { clientSecret } = (await created.json()) as { clientSecret: string };
  const headers = { authorization: `Bearer ${clientSecret}` };
  const { version } = (await (await fetch(`${address}/checkout`, { headers })).json()) as { version: number };
  const answer = fetch(`${address}/checkout?since=${version}&wait=${seconds}`, { headers });
  // Answered after it, so the waiting one has reached the server.
  await fetch(`${address}/readyz`);
  return { answer, headers };
}

describe('the process', () => {
  it('reports in one sentence which variable stops it', async () => {
    const { code, stderr } = await ending(run({ SEALING_KEY: 'planted-value' }));
    assert.deepEqual([code, stderr], [1, 'SEALING_KEY: expected 32 random bytes in base64 or hex.\n']);
  });

  it('reports a database that cannot be opened, without its password', async () => {
    const { code, stderr } = await ending(
      run({ DATABASE_URL: 'postgres://pay:planted-password@127.0.0.1:9/pay', DATABASE_WAIT_SECONDS: '0' }),
    );
    assert.deepEqual([code, stderr], [1, 'DATABASE_URL: expected a database that can be opened and written (ECONNREFUSED).\n']);
  });

  it('ends cleanly on a SIGTERM that arrives in the moment when it begins to listen', async () => {
    for (let nth = 0; nth < 3; nth += 1) {
      const child = run();
      const ended = ending(child);
      await listening(child);
      child.kill('SIGTERM');
      assert.equal((await ended).code, 0);
    }
  });

  it('reads the merchants file again on SIGHUP, and goes on', async () => {
    const MERCHANTS_FILE = join(processes.folder, 'changing.json');
    const text = readFileSync(join(processes.folder, 'merchants.json'), 'utf8');
    writeFileSync(MERCHANTS_FILE, text);
    const child = run({ MERCHANTS_FILE });
    const address = await listening(child);
    const next = newApiKey(false);
    writeFileSync(MERCHANTS_FILE, text.replace(hashKey(processes.apiKey), hashKey(next)));
    child.kill('SIGHUP');
    const statusOf = async (key: string) =>
      (await fetch(`${address}/v1/payments`, { headers: { authorization: `Bearer ${key}` } })).status;
    await waitFor(async () => (await statusOf(next)) === 200);
    assert.equal(await statusOf(processes.apiKey), 401);
  });

  it('ends on SIGTERM after running requests are answered', async () => {
    const child = run();
    const { answer } = await waitingCustomer(await listening(child), 2);
    const ended = ending(child);
    child.kill('SIGTERM');
    assert.equal(((await (await answer).json()) as { status: string }).status, 'open');
    assert.deepEqual(await ended, { code: 0, stderr: '' });
  });

  it('ends on SIGTERM before a container would be killed, though a call to a service hangs; the payment is settled later', async () => {
    const child = run({ SHUTDOWN_SECONDS: '2' });
    const address = await listening(child);
    const { headers } = await waitingCustomer(address, 0);
    const reached = once(silent, 'request');
    const answer = fetch(`${address}/checkout/pay-code`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ code: 'GOOD0001' }),
    }).catch(() => null);
    await reached;
    const ended = ending(child);
    const start = performance.now();
    child.kill('SIGTERM');
    assert.equal((await ended).code, 0);
    assert.ok(performance.now() - start < scaledTimeout(4_000), `${performance.now() - start} ms`);
    await answer;
  });

  it('accepts connections for DRAIN_SECONDS though it is not ready, and a second signal ends that', async () => {
    const child = run({ DRAIN_SECONDS: '60' });
    const address = await listening(child);
    const { answer } = await waitingCustomer(address, 20);
    const ended = ending(child);
    child.kill('SIGTERM');
    await waitFor(async () => (await fetch(`${address}/readyz`)).status === 503);
    assert.match(await (await fetch(`${address}/readyz`)).text(), /this process is stopping/);
    const { status, headers } = await fetch(`${address}/openapi.json`);
    assert.deepEqual([status, headers.get('connection')], [200, 'close']);
    // Whoever waits for a change is answered at once, and waits elsewhere.
    assert.equal((await answer).headers.get('connection'), 'close');
    const start = performance.now();
    child.kill('SIGTERM');
    assert.deepEqual(await ended, { code: 0, stderr: '' });
    assert.ok(performance.now() - start < 30_000, `${performance.now() - start} ms`);
  });

  it('leaves an idle connection to its proxy until it was used once more, and refuses new ones', async () => {
    const child = run({ TRUST_PROXY: '1' });
    const { port } = new URL(await listening(child));
    const [used, idle] = [connect(Number(port), '127.0.0.1'), connect(Number(port), '127.0.0.1')];
    const ask = async (socket: typeof used) => {
      socket.setEncoding('utf8').write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
      let text = '';
      for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
        text += chunk;
        if (text.includes('\r\n\r\n')) break;
      }
      return text;
    };
    for (const socket of [used, idle]) assert.match(await ask(socket), /^HTTP\/1\.1 200 /);
    const ended = ending(child);
    child.kill('SIGTERM');
    await waitFor(async () => (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null)) === null);
    const last = await ask(used);
    assert.match(last, /^HTTP\/1\.1 200 /);
    assert.match(last, /connection: close/i);
    // Nobody uses the other one, and it is not waited for without end.
    assert.deepEqual(await ended, { code: 0, stderr: '' });
    for (const socket of [used, idle]) socket.destroy();
  });

  it('does not wait for connections that nobody has', async () => {
    const child = run({ TRUST_PROXY: '1' });
    await listening(child);
    const ended = ending(child);
    const start = performance.now();
    child.kill('SIGTERM');
    assert.equal((await ended).code, 0);
    assert.ok(performance.now() - start < scaledTimeout(1_000), `${performance.now() - start} ms`);
  });

  it('ends at once after a second signal', async () => {
    const child = run();
    const address = await listening(child);
    const { headers } = await waitingCustomer(address, 0);
    const reached = once(silent, 'request');
    const answer = fetch(`${address}/checkout/pay-code`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ code: 'GOOD0001' }),
    });
    const cut = assert.rejects(answer);
    await reached;
    const ended = ending(child);
    child.kill('SIGTERM');
    while (await fetch(`${address}/healthz`).catch(() => null));
    child.kill('SIGTERM');
    await cut;
    assert.equal((await ended).code, 1);
  });
});
