/** The SQLite file is locked by another process, or its disk is full: nobody else waits for it, and no answer is lost. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import type { CreatedPayment } from '#contract';
import { openDatabase } from '../../../server/storage/database.ts';
import { openStore } from '../../../server/storage/store.ts';
import { createRunningServer } from '../../support/running-server.ts';
import { createServerProcesses, ending } from '../../support/server-process.ts';
import { waitFor } from '../../support/wait-for.ts';
import { createWalletTestBed } from '../../support/wallet-test-bed.ts';

const folder = mkdtempSync(join(tmpdir(), 'pay-desk-sqlite-'));

/** Locks the database like another process that has begun to write. */
function lock(path: string): () => void {
  const other = new Sqlite(path);
  other.exec('begin immediate');
  return () => other.close();
}

let orders = 0;
const order = () => {
  orders += 1;
  return { amount: 2500, currency: 'PLN', orderId: `order-${orders}`, label: 'c' };
};
type Running = Awaited<ReturnType<typeof createRunningServer>>;
const create = ({ merchant }: Running) => merchant('/v1/payments', order(), { 'idempotency-key': `key-${orders}` });

describe('a database that another process has locked', () => {
  it('is waited for without delaying anybody else, and is reported to probes', async () => {
    const path = join(folder, 'locked.db');
    const running = await createRunningServer(`sqlite:${path}`);
    try {
      const unlock = lock(path);
      const creating = create(running);
      let longest = 0;
      for (let look = 0; look < 10; look += 1) {
        const began = performance.now();
        await pause(20);
        longest = Math.max(longest, performance.now() - began);
      }
      const began = performance.now();
      const { status } = await fetch(`${running.server.address}/readyz`);
      assert.deepEqual([status, performance.now() - began < 1_900], [503, true]);
      assert.ok(longest < 1_000, `the process stood still for ${longest} ms`);
      unlock();
      assert.equal((await creating).status, 201);
      assert.equal((await fetch(`${running.server.address}/readyz`)).status, 200);
    } finally {
      await running.close();
    }
  });

  it('refuses with 503 and Retry-After what would wait too long', async () => {
    const path = join(folder, 'refused.db');
    const running = await createRunningServer(`sqlite:${path}`);
    try {
      const unlock = lock(path);
      const { status, headers } = await create(running);
      unlock();
      assert.equal(status, 503);
      assert.match(String(headers.get('retry-after')), /^[1-9]\d*$/);
    } finally {
      await running.close();
    }
  });

  for (const held of [500, 5_000]) {
    it(`keeps the answer of activate, which cannot be repeated, where it is locked for ${held} ms just then`, async () => {
      const path = join(folder, `answer-${held}.db`);
      const testBed = await createWalletTestBed({ databaseUrl: `sqlite:${path}` });
      try {
        const id = await testBed.pay();
        await testBed.choose(id);
        const number = await testBed.transfer();
        const { client } = testBed.parts.account('books') ?? assert.fail();
        const activate = client.activate.bind(client);
        client.activate = async (...args) => {
          const answer = await activate(...args);
          const unlock = lock(path);
          setTimeout(unlock, held);
          return answer;
        };
        // Too long for a customer to wait: the request is refused for now, and the answer is stored anyway.
        await testBed.submit(id, number).catch(() => undefined);
        const view = await waitFor(async () => {
          const seen = await testBed.payments.view(id).catch(() => null);
          return seen?.status === 'succeeded' && seen;
        });
        assert.equal(view.amountPaid, 600_000);
      } finally {
        await testBed.payments.stop();
        await testBed.close();
      }
    });
  }
});

const disk = join(folder, 'disk');
const whyNoDisk = ((): string | false => {
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk], { stdio: 'ignore' });
    return false;
  } catch {
    return 'a small disk cannot be mounted here';
  }
})();
after(() => {
  if (!whyNoDisk) execFileSync('umount', ['-l', disk]);
  rmSync(folder, { recursive: true });
});

describe('a full disk', { skip: whyNoDisk }, () => {
  /** Fills the disk until not even the write-ahead log can grow; the log has preallocated space for the first writes. */
  function fill(): void {
    for (let size = 16 * 1024 * 1024; size >= 512; size /= 2) {
      for (let part = 0; ; part += 1) {
        const ballast = join(disk, `somebody-${size}-${part}`);
        try {
          writeFileSync(ballast, Buffer.alloc(size, 1), { flag: 'wx' });
        } catch {
          rmSync(ballast, { force: true });
          break;
        }
      }
    }
  }
  function empty(): void {
    for (const name of readdirSync(disk)) if (name.startsWith('somebody')) rmSync(join(disk, name));
  }

  it('accepts nothing new, still stores what a payment service has answered, and is used again when there is space', async () => {
    const path = join(disk, 'pay-desk.db');
    const running = await createRunningServer(`sqlite:${path}`);
    const { store, address } = running.server;
    try {
      const made = (await (await create(running)).json()) as CreatedPayment;
      const { id } = made.payment;
      fill();
      assert.equal((await fetch(`${address}/readyz`)).status, 503);
      const refused = await waitFor(async () => {
        const answer = await create(running);
        return answer.status !== 201 && answer;
      });
      assert.equal(refused.status, 503);
      await store.transaction(
        async (tx) => {
          for (let row = 0; row < 100; row += 1)
            await tx.insertAudit({
              id: `aud_${row}`,
              paymentId: id,
              merchantId: 'shop',
              type: 'said',
              data: { said: 'x'.repeat(10_000) },
              at: 1,
            });
        },
        { answer: true },
      );
      assert.equal((await create(running)).status, 503, 'the room for answers was given to something new');
      empty();
      assert.equal((await create(running)).status, 201);
      assert.equal((await fetch(`${address}/readyz`)).status, 200);
      assert.ok(statSync(`${path}.reserve`).size > 0, 'the reserve was not made again');
    } finally {
      empty();
      await running.close();
    }
  });

  it('keeps the answer of activate, which cannot be repeated, where it is full just then', async () => {
    const testBed = await createWalletTestBed({ databaseUrl: `sqlite:${join(disk, 'answer.db')}` });
    try {
      const id = await testBed.pay();
      await testBed.choose(id);
      const number = await testBed.transfer();
      const { client } = testBed.parts.account('books') ?? assert.fail();
      const activate = client.activate.bind(client);
      client.activate = async (...args) => {
        const answer = await activate(...args);
        fill();
        return answer;
      };
      await testBed.submit(id, number).catch(() => undefined);
      const view = await waitFor(async () => {
        const seen = await testBed.payments.view(id).catch(() => null);
        return seen?.status === 'succeeded' && seen;
      });
      assert.equal(view.amountPaid, 600_000);
      assert.throws(() => writeFileSync(join(disk, 'somebody-more'), Buffer.alloc(16 * 1024 * 1024)), { code: 'ENOSPC' });
    } finally {
      empty();
      await testBed.payments.stop();
      await testBed.close();
      for (const name of readdirSync(disk)) if (name.startsWith('answer.db')) rmSync(join(disk, name));
    }
  });
});

describe('the files of a database', () => {
  it('are for their owner only', async () => {
    const path = join(folder, 'made', 'here', 'private.db');
    const store = await openStore(`sqlite:${path}`);
    await store.ready();
    const files = readdirSync(join(folder, 'made', 'here'));
    assert.ok(files.includes('private.db-wal'));
    for (const file of files) assert.equal(statSync(join(folder, 'made', 'here', file)).mode & 0o777, 0o600, file);
    assert.equal(statSync(join(folder, 'made')).mode & 0o777, 0o700);
    await store.close();
  });

  it('that a newer version has written stop the start with an explanation', async () => {
    const path = join(folder, 'newer.db');
    await (await openStore(`sqlite:${path}`)).close();
    const { db } = openDatabase(`sqlite:${path}`);
    await db
      .insertInto('kysely_migration' as never)
      .values({ name: '9999-future', timestamp: '2030-01-01' } as never)
      .execute();
    await db.destroy();
    const processes = createServerProcesses({ url: 'http://127.0.0.1:9', key: 'none' });
    const { code, stderr } = await ending(processes.run({ DATABASE_URL: `sqlite:${path}` }));
    processes.end();
    assert.equal(code, 1);
    assert.match(stderr, /^DATABASE_URL: this database was written by a newer version .+\.\n$/);
  });
});

describe('a read-only database', { skip: whyNoDisk }, () => {
  it('stops the start with an explanation', async () => {
    const path = join(disk, 'read-only.db');
    await (await openStore(`sqlite:${path}`)).close();
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    const processes = createServerProcesses({ url: 'http://127.0.0.1:9', key: 'none' });
    try {
      const { code, stderr } = await ending(processes.run({ DATABASE_URL: `sqlite:${path}` }));
      assert.equal(code, 1);
      assert.match(stderr, /^DATABASE_URL: expected a database that can be opened and written \(\w+\)\.\n$/);
    } finally {
      processes.end();
      execFileSync('mount', ['-o', 'remount,rw', disk]);
    }
  });
});
