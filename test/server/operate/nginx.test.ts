/** The example configuration of nginx, really started before two processes on PostgreSQL. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, fetch } from 'undici';
import { freePorts } from '../../../demo/start-demo.ts';
import { engines } from '../../support/engines.ts';
import { scaledTimeout } from '../../support/load-factor.ts';
import { createServerProcesses, listening, type ServerProcesses } from '../../support/server-process.ts';
import { waitFor } from '../../support/wait-for.ts';
import { whyNoProgram } from '../../support/why-no-program.ts';

const example = new URL('../../../server/operate/proxy/nginx.conf', import.meta.url);
const shopPage = 'https://shop.example';
const postgres = engines.find(({ name }) => name === 'postgres');
const skip = whyNoProgram('nginx', '-v') || (postgres?.skip ?? 'no PostgreSQL');

describe('behind nginx', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-nginx-'));
  const agent = new Agent({ connect: { rejectUnauthorized: false } });
  let database: { url: string; drop(): Promise<void> };
  let processes: ServerProcesses;
  let children: ChildProcess[] = [];
  let startAgain: (which: number) => ChildProcess;
  let nginx: ChildProcess;
  let origin: string;
  let plain: string;

  const ask = (path: string, init: Parameters<typeof fetch>[1] = {}) => fetch(origin + path, { ...init, dispatcher: agent });
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
    const [one = 0, two = 0, http = 0, https = 0] = await freePorts(4);
    const env = { DATABASE_URL: database.url, PUBLIC_URL: 'https://pay.example', TRUST_PROXY: '1' };
    startAgain = (which) => processes.run({ ...env, PORT: String([one, two][which]) });
    children = [startAgain(0), startAgain(1)];
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=pay.example'];
    execFileSync('openssl', [...request, '-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')], {
      stdio: 'ignore',
    });
    // Only addresses and paths are changed.
    const config = readFileSync(example, 'utf8')
      .replaceAll('127.0.0.1:4401', `127.0.0.1:${one}`)
      .replaceAll('127.0.0.1:4402', `127.0.0.1:${two}`)
      .replace('listen 80;', `listen 127.0.0.1:${http};`)
      .replace('listen 443 ssl', `listen 127.0.0.1:${https} ssl`)
      .replaceAll('/etc/nginx/tls', folder)
      .replaceAll('/var/log/nginx', folder)
      .replace('/run/nginx.pid', join(folder, 'nginx.pid'));
    writeFileSync(join(folder, 'nginx.conf'), config);
    nginx = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-g', 'daemon off;'], { stdio: 'ignore' });
    [origin, plain] = [`https://127.0.0.1:${https}`, `http://127.0.0.1:${http}`];
    await Promise.all(children.map(listening));
    await waitFor(async () => (await ask('/openapi.json').catch(() => null))?.status === 200);
  });
  after(async () => {
    nginx?.kill('SIGQUIT');
    processes?.end();
    await agent.close();
    await database?.drop();
    rmSync(folder, { recursive: true });
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
    const moved = await fetch(`${plain}/plugin/?merchant=shop`, { redirect: 'manual', headers: { host: 'pay.example' } });
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
    const log = () => readFileSync(join(folder, 'access.log'), 'utf8');
    await waitFor(async () => log().includes('GET /plugin/ '));
    assert.ok(!log().includes('planted'));
  });

  // Whether a request comes in the very moment in which an idle connection ends is luck here: `main.test.ts` shows for certain that a
  // process leaves such a connection to its proxy. This shows that nginx and two processes go together.
  it('both processes are replaced one after the other, and no request has to come again', {
    timeout: 120_000,
  }, async () => {
    const statuses: number[] = [];
    let rolling = true;
    const customer = async (who: number) => {
      for (let n = 0; rolling; n++) {
        const answer = await (n % 2 === 0 ? ask('/openapi.json') : create(`rolled-${who}-${n}`));
        await answer.text();
        statuses.push(answer.status);
        await pause(20);
      }
    };
    const customers = [1, 2, 3, 4].map(customer);
    for (const which of [0, 1]) {
      const before = statuses.length;
      const old = children[which];
      old?.kill('SIGTERM');
      await waitFor(async () => old?.exitCode !== null && statuses.length >= before + 20);
      const fresh = startAgain(which);
      children[which] = fresh;
      await listening(fresh);
    }
    rolling = false;
    await Promise.all(customers);
    const failed = statuses.filter((status) => status !== 200 && status !== 201);
    assert.deepEqual(failed, [], `of ${statuses.length} requests`);
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
