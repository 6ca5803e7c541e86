/** PostgreSQL is restarted and crashes under a running server; and a server behind PgBouncer. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { engines } from '../../support/engines.ts';
import { scaledTimeout } from '../../support/load-factor.ts';
import { createCluster, createPooler, whyNoTool } from '../../support/postgres-tools.ts';
import { createRunningServer } from '../../support/running-server.ts';
import { waitFor } from '../../support/wait-for.ts';

type Running = Awaited<ReturnType<typeof createRunningServer>>;

/** Creates a payment like a merchant that repeats the request with its Idempotency-Key until it is answered. */
async function create({ merchant }: Running): Promise<void> {
  const id = randomUUID();
  const order = { amount: 2500, currency: 'PLN', orderId: id, label: 'c' };
  await waitFor(async () => {
    const { status, headers } = await merchant('/v1/payments', order, { 'idempotency-key': id });
    // A key that a lost try still reserves is released as soon as the database is writable.
    assert.ok([201, 409, 503].includes(status), String(status));
    if (status === 503) assert.match(String(headers.get('retry-after')), /^[1-9]\d*$/);
    return status === 201;
  }, 20_000);
}

describe('a PostgreSQL of its own that is restarted', { skip: whyNoTool('initdb') }, () => {
  it('is reconnected to, and no acknowledged payment is missing', async () => {
    const cluster = await createCluster();
    try {
      const running = await createRunningServer(cluster.url);
      try {
        let stop = false;
        let made = 0;
        const clients = [1, 2, 3].map(async () => {
          while (!stop) {
            await create(running);
            made += 1;
          }
        });
        for (const mode of ['fast', 'immediate'] as const) {
          await pause(200);
          cluster.stop(mode);
          assert.equal((await fetch(`${running.server.address}/readyz`)).status, 503);
          assert.equal((await fetch(`${running.server.address}/healthz`)).status, 200);
          cluster.start();
          const began = performance.now();
          await create(running);
          assert.ok(performance.now() - began < scaledTimeout(3_000), `${performance.now() - began} ms`);
        }
        stop = true;
        await Promise.all(clients);
        assert.ok(made > 0);
      } finally {
        await running.close();
      }
    } finally {
      cluster.end();
    }
  });
});

const postgres = engines.find(({ name }) => name === 'postgres') ?? assert.fail();
describe('PgBouncer in transaction mode', { skip: postgres.skip || whyNoTool('pgbouncer') }, () => {
  it('can be used before the database', async () => {
    const database = await postgres.create();
    const pooler = await createPooler(database.url);
    try {
      const running = await createRunningServer(pooler.url);
      try {
        await Promise.all(Array.from({ length: 12 }, () => create(running)));
        assert.equal((await fetch(`${running.server.address}/readyz`)).status, 200);
      } finally {
        await running.close();
      }
    } finally {
      pooler.end();
      await database.drop();
    }
  });
});
