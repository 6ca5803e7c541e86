/** PostgreSQL is disconnected, restarted, read-only or silent: the process survives, answers 503, and recovers by itself. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { engines } from '../../support/engines.ts';
import { isExhaustive } from '../../support/exhaustive.ts';
import { scaledTimeout } from '../../support/load-factor.ts';
import { createServerProcesses, listening, type ServerProcesses } from '../../support/server-process.ts';
import { createTcpProxy } from '../../support/tcp-proxy.ts';
import { waitFor } from '../../support/wait-for.ts';
import { createWalletTestBed } from '../../support/wallet-test-bed.ts';

const postgres = engines.find(({ name }) => name === 'postgres') ?? assert.fail();

describe('a server whose PostgreSQL is in trouble', { skip: postgres.skip }, () => {
  let database: { url: string; drop(): Promise<void> };
  let proxy: Awaited<ReturnType<typeof createTcpProxy>>;
  let operator: pg.Client;
  let processes: ServerProcesses;
  let child: ChildProcess;
  let address: string;
  let name: string;

  before(async () => {
    database = await postgres.create();
    const url = new URL(database.url);
    name = url.pathname.slice(1);
    proxy = await createTcpProxy({ host: url.hostname, port: Number(url.port || 5432) });
    operator = new pg.Client({ connectionString: database.url });
    await operator.connect();
    processes = createServerProcesses({ url: 'http://127.0.0.1:9', key: 'none' });
    url.host = `127.0.0.1:${proxy.port}`;
    // It is unavailable while the process starts, which waits for it.
    proxy.refuse();
    child = processes.run({ DATABASE_URL: url.href });
    const listens = listening(child);
    await pause(1_500);
    assert.equal(child.exitCode, null, 'it does not wait for the database');
    proxy.restore();
    address = await listens;
  });
  after(async () => {
    processes.end();
    await proxy.close();
    await operator.end();
    await database.drop();
  });

  async function create(): Promise<Response> {
    const id = randomUUID();
    const response = await fetch(`${address}/v1/payments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${processes.apiKey}`, 'content-type': 'application/json', 'idempotency-key': id },
      body: JSON.stringify({ amount: 2500, currency: 'PLN', orderId: id, label: 'c' }),
    });
    await response.arrayBuffer();
    return response;
  }
  /** Created, or refused with 503 and Retry-After. */
  function assertHonest({ status, headers }: Response): void {
    if (status === 201) return;
    assert.equal(status, 503);
    assert.match(String(headers.get('retry-after')), /^[1-9]\d*$/);
  }
  const cutAll = () =>
    operator.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
  async function ready(): Promise<{ status: number; ms: number }> {
    const began = performance.now();
    const { status } = await fetch(`${address}/readyz`);
    return { status, ms: performance.now() - began };
  }

  it('survives the loss of all its connections, again and again, while clients create payments', async () => {
    let made = 0;
    let stop = false;
    const client = async () => {
      while (!stop) {
        const response = await create();
        assertHonest(response);
        if (response.status === 201) made += 1;
      }
    };
    const clients = [client(), client(), client()];
    const cuts = isExhaustive ? 100 : 10;
    for (let cut = 0; cut < cuts; cut += 1) {
      await pause(200);
      await cutAll();
    }
    stop = true;
    await Promise.all(clients);
    assert.equal(child.exitCode, null);
    assert.ok(made > 0);
    assert.equal((await create()).status, 201);
  });

  it('refuses payments while the database is read-only, and accepts the first one after that', async () => {
    await operator.query(`alter database ${name} set default_transaction_read_only = on`);
    await cutAll();
    for (let tries = 0; tries < 3; tries += 1) assertHonest(await create());
    assert.equal((await create()).status, 503);
    assert.equal((await ready()).status, 503);
    await operator.query(`set default_transaction_read_only = off; alter database ${name} reset default_transaction_read_only`);
    assert.equal((await create()).status, 201);
  });

  it('reports within a second that it is not ready while the database is unavailable, and is ready again at once', async () => {
    proxy.refuse();
    const away = await ready();
    assert.deepEqual([away.status, away.ms < scaledTimeout(1_500)], [503, true]);
    assert.equal((await create()).status, 503);
    proxy.restore();
    await within3s();
  });

  it('does the same where the network loses everything silently', async () => {
    await Promise.all([create(), create(), create()]);
    proxy.silence();
    const stuck = [create(), create()];
    const away = await ready();
    assert.deepEqual([away.status, away.ms < scaledTimeout(1_500)], [503, true]);
    for (const response of await Promise.all(stuck)) assertHonest(response);
    proxy.restore();
    await within3s();
    assert.equal(child.exitCode, null);
  });

  it('creates unrelated payments concurrently whatever default isolation the database has', async () => {
    await operator.query(`alter database ${name} set default_transaction_isolation = 'serializable'`);
    await cutAll();
    // A query may use a connection that was cut a moment ago.
    await within3s();
    const responses = await Promise.all(Array.from({ length: 10 }, create));
    assert.deepEqual([...new Set(responses.map(({ status }) => status))], [201]);
  });

  async function within3s(): Promise<void> {
    const began = performance.now();
    await waitFor(async () => (await create()).status === 201);
    assert.ok(performance.now() - began < scaledTimeout(3_000), `${performance.now() - began} ms`);
    assert.equal((await ready()).status, 200);
  }
});

describe('an answer of activate during a failover of the database', { skip: postgres.skip }, () => {
  it('is stored as soon as the database is writable', async () => {
    const database = await postgres.create();
    const name = new URL(database.url).pathname.slice(1);
    const operator = new pg.Client({ connectionString: database.url });
    await operator.connect();
    const testBed = await createWalletTestBed({ databaseUrl: database.url });
    try {
      const id = await testBed.pay();
      await testBed.choose(id);
      const number = await testBed.transfer();
      const { client } = testBed.parts.account('books') ?? assert.fail();
      const activate = client.activate.bind(client);
      const readOnly = async (how: 'on' | 'off') => {
        await operator.query(`alter database ${name} set default_transaction_read_only = ${how}`);
        await operator.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        );
      };
      client.activate = async (...args) => {
        const answer = await activate(...args);
        await readOnly('on');
        return answer;
      };
      // Refused for now, to be tried again.
      await assert.rejects(testBed.submit(id, number));
      // More than one where the service's postback came meanwhile.
      assert.ok(testBed.payments.pendingAnswers() >= 1);
      await readOnly('off');
      const view = await waitFor(async () => {
        const seen = await testBed.payments.view(id).catch(() => null);
        return seen?.status === 'succeeded' && seen;
      });
      assert.equal(view.amountPaid, 600_000);
    } finally {
      await testBed.payments.stop();
      await testBed.close();
      await operator.end();
      await database.drop();
    }
  });
});
