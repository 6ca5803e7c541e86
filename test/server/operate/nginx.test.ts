/** The example configuration of nginx, really started before two processes on PostgreSQL. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fetch } from 'undici';
import { freePorts } from '../../../demo/start-demo.ts';
import { engines } from '../../support/engines.ts';
import { scaledTimeout } from '../../support/load-factor.ts';
import { startNginx } from '../../support/nginx.ts';
import { createServerProcesses, listening, type ServerProcesses } from '../../support/server-process.ts';
import { waitFor } from '../../support/wait-for.ts';
import { whyNoProgram } from '../../support/why-no-program.ts';

const shopPage = 'https://shop.example';
const postgres = engines.find(({ name }) => name === 'postgres');
const skip = whyNoProgram('nginx', '-v') || (postgres?.skip ?? 'no PostgreSQL');

describe('behind nginx', { skip }, () => {
  let database: { url: string; drop(): Promise<void> };
  let processes: ServerProcesses;
  let children: ChildProcess[] = [];
  let startAgain: (which: number) => ChildProcess;
  let nginx: Awaited<ReturnType<typeof startNginx>>;

  const ask: typeof nginx.ask = (path, init) => nginx.ask(path, init);
  const create = (orderId: string) =>
    ask('/v1/payments', {
      method: 'POST',
      headers: { authorization: `Bearer ${processes.apiKey}`, 'content-type': 'application/json', 'idempotency-key': orderId },
      body: JSON.stringify({ amount: 2500, currency: 'PLN', orderId, label: 'customer' }),
    });

  before(async () => {
    assert.ok(postgres);
    database = await postgres.create();
    processes = createServerProcesses({ url: 'http://127.0.0.1:9', key: 'none' });
    const [one = 0, two = 0] = await freePorts(2);
    const env = { DATABASE_URL: database.url, PUBLIC_URL: 'https://pay.example', TRUST_PROXY: '1' };
    startAgain = (which) => processes.run({ ...env, PORT: String([one, two][which]) });
    children = [startAgain(0), startAgain(1)];
    nginx = await startNginx(one, two);
    await Promise.all(children.map(listening));
    await waitFor(async () => (await ask('/openapi.json').catch(() => null))?.status === 200);
  });
  after(async () => {
    await nginx?.stop();
    processes?.end();
    await database?.drop();
  });

  it('a customer waits for 20 seconds for a change, and gets the answer', { timeout: scaledTimeout(120_000) }, async () => {
    const created = await create('waits');
    assert.equal(created.status, 201, await created.clone().text());
    const { clientSecret, pluginUrl } = (await created.json()) as { clientSecret: string; pluginUrl: string };
    assert.equal(new URL(pluginUrl).origin, 'https://pay.example');
    const headers = { authorization: `Bearer ${clientSecret}` };
    const { version } = (await (await ask('/checkout', { headers })).json()) as { version: number };
    const began = performance.now();
    const waited = await ask(`/checkout?since=${version}&wait=20`, { headers });
    assert.deepEqual([waited.status, performance.now() - began >= 19_000], [200, true]);
  });

  it('what is for the inside stays inside, and http leads to https', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics', '/operate/queue']) assert.equal((await ask(path)).status, 404, path);
    const moved = await fetch(`${nginx.plain}/plugin/?merchant=shop`, { redirect: 'manual', headers: { host: 'pay.example' } });
    assert.deepEqual([moved.status, moved.headers.get('location')?.endsWith('/plugin/?merchant=shop')], [308, true]);
  });

  it('scripts come compressed and answers of the interface do not', async () => {
    const headers = { 'accept-encoding': 'gzip' };
    assert.equal((await ask('/v1/pay-desk.js', { headers })).headers.get('content-encoding'), 'gzip');
    assert.equal((await ask('/checkout', { headers })).headers.get('content-encoding'), null);
  });

  it('a picture of 5 MB reaches the server, and a larger body is refused so that the page can read why', async () => {
    const upload = (megabytes: number) =>
      ask('/checkout/wallet/screenshot', {
        method: 'POST',
        headers: { origin: shopPage, 'content-type': 'multipart/form-data; boundary=x' },
        body: Buffer.alloc(megabytes * 1024 * 1024),
      });
    assert.equal((await upload(5)).status, 401);
    const refused = await upload(7);
    assert.deepEqual([refused.status, refused.headers.get('access-control-allow-origin')], [413, '*']);
    assert.equal(((await refused.json()) as { code: string }).code, 'too_large');
  });

  it('the access log holds no query', async () => {
    await ask('/plugin/?merchant=shop&label=planted-customer&signature=planted-signature');
    await waitFor(async () => nginx.accessLog().includes('GET /plugin/ '));
    assert.ok(!nginx.accessLog().includes('planted'));
  });

  // Whether a request comes in the very moment in which an idle connection ends is luck here: `main.test.ts` shows for certain that a
  // process leaves such a connection to its proxy, and `nginx-example.test.ts` that nginx passes over a process. This shows that they go
  // together.
  it('both processes are replaced one after the other, and no request has to come again', {
    timeout: 120_000,
  }, async () => {
    const answers: string[] = [];
    let rolling = true;
    const customer = async (who: number) => {
      for (let n = 0; rolling; n++) {
        const answer = await (n % 2 === 0 ? ask('/openapi.json') : create(`rolled-${who}-${n}`));
        const text = await answer.text();
        answers.push(answer.ok ? '' : `${answer.status} ${text}`);
        await pause(20);
      }
    };
    const customers = [1, 2, 3, 4].map(customer);
    for (const which of [0, 1]) {
      const before = answers.length;
      const old = children[which];
      old?.kill('SIGTERM');
      await waitFor(async () => old?.exitCode !== null && answers.length >= before + 20);
      const fresh = startAgain(which);
      children[which] = fresh;
      await listening(fresh);
    }
    rolling = false;
    await Promise.all(customers);
    assert.deepEqual(answers.filter(Boolean), [], `of ${answers.length} requests`);
  });

  it('one process is enough, and without any the page reads that it should come again', async () => {
    const [first, second] = children;
    first?.kill('SIGTERM');
    await waitFor(async () => first?.exitCode !== null);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => create(`one-process-${n}`)));
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201]);
    second?.kill('SIGTERM');
    await waitFor(async () => second?.exitCode !== null);
    const headers = { origin: shopPage };
    const gone = await ask('/checkout', { headers });
    assert.deepEqual(
      [gone.status, gone.headers.get('access-control-allow-origin'), gone.headers.get('retry-after')],
      [503, '*', '2'],
    );
    assert.match(String(gone.headers.get('content-type')), /^application\/problem\+json/);
    assert.equal(((await gone.json()) as { code: string }).code, 'busy');
    const preflight = await ask('/checkout/card', {
      method: 'OPTIONS',
      headers: { ...headers, 'access-control-request-method': 'POST' },
    });
    assert.deepEqual([preflight.status, preflight.headers.get('access-control-allow-origin')], [204, '*']);
  });
});
