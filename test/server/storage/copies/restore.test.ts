/** Backup, destruction and restore, with Payme: what was paid in the missing time is found, and nobody pays twice. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import type { Config } from '../../../../server/config.ts';
import { MerchantConfig } from '../../../../server/merchants.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { hashBearer } from '../../../../server/payments/model/ids.ts';
import { backupDatabase } from '../../../../server/storage/copies/backup.ts';
import { restoreDatabase } from '../../../../server/storage/copies/restore.ts';
import { openDatabase } from '../../../../server/storage/database.ts';
import { openStore } from '../../../../server/storage/store.ts';
import { verifyRestore } from '../../../../server/verify-restore.ts';
import { type CardTestBed, createCardTestBed } from '../../../support/card-test-bed.ts';
import { type Engine, engines } from '../../../support/engines.ts';
import { merchant } from '../../../support/method-test-bed.ts';

for (const engine of engines) {
  describe(`backup and restore (${engine.name})`, { skip: engine.skip }, () => {
    it('lose no paid payment and charge nobody twice', async () => {
      await withBackup(engine, async ({ testBed, again, backUp, restore, verify }) => {
        const open = await testBed.pay({ orderId: 'open' });
        const waiting = await testBed.pay({ orderId: 'waiting' });
        await testBed.card(waiting);
        const before = await paidByCard(testBed, 'before');
        await backUp();
        await testBed.code(waiting);
        await testBed.card(open);
        assert.equal((await testBed.code(open)).status, 'succeeded');
        await paidByCard(testBed, 'lost');
        const charged = testBed.debits().length;
        assert.equal(charged, 4);

        await restore();
        const restored = await again();
        for (const id of [open, waiting]) {
          assert.deepEqual((await restored.payments.view(id)).nextAction.kind, 'wait', 'nobody is asked to pay');
          await assert.rejects(restored.card(id), isHeld);
        }
        await assert.rejects(restored.card(await restored.pay({ orderId: 'fresh' })), isHeld);

        const report = await verify();
        assert.equal(report?.released, true);
        const [gap] = report?.cards ?? [];
        assert.deepEqual([gap?.receipts, gap?.known, gap?.stored.length, gap?.recovered.length], [4, 1, 2, 1]);
        for (const id of [before, open, waiting]) {
          const { status, amountPaid } = await restored.payments.view(id);
          assert.deepEqual([status, amountPaid], ['succeeded', 500_000], id);
        }
        const [lost] = await restored.payments.list(merchant.id, { orderId: 'lost', limit: 10 });
        assert.deepEqual([lost?.status, lost?.evidence[0]?.amount], ['needs_review', 500_000]);
        assert.deepEqual(await restored.webhookTypes(lost?.id ?? ''), ['payment.needs_review']);
        await assert.rejects(
          restored.pay({ orderId: 'lost' }),
          (cause) => cause instanceof ProblemError && cause.code === 'order_conflict',
        );

        const fresh = await paidByCard(restored, 'after');
        assert.equal((await restored.payments.view(fresh)).status, 'succeeded');
        assert.equal(testBed.debits().length, charged + 1, 'only the new payment was charged');
        assert.deepEqual(await verify(), null, 'nothing is left to verify');
      });
    });

    it('give new webhooks and versions numbers above all that were sent before', async () => {
      await withBackup(engine, async ({ testBed, again, backUp, restore, verify }) => {
        const id = await testBed.pay();
        await backUp();
        await testBed.card(id);
        const { version } = await testBed.code(id);
        await restore();
        const restored = await again();
        assert.ok((await restored.payments.view(id)).version > version, 'a page that waits for the next version gets it');
        const held = (await restored.payments.view(id)).version;
        await verify();
        assert.ok((await restored.payments.view(id)).version > held);
        const { db } = openDatabase(restored.databaseUrl);
        const [webhook] = await db.selectFrom('outbox').select(['type', 'sequence']).where('payment_id', '=', id).execute();
        await db.destroy();
        assert.deepEqual(webhook, { type: 'payment.succeeded', sequence: 1_000_001 });
      });
    });

    it('refuse a database that knows more than the backup, unless forced, and keep the old one', async () => {
      await withBackup(engine, async ({ testBed, backUp, close, restore, url, file }) => {
        await testBed.pay();
        await backUp();
        testBed.clock.advance(1_000);
        await testBed.pay();
        await close();
        await assert.rejects(restoreDatabase(file, url), /knows of changes up to .* only up to .*--force/);
        const { keptAs } = await restore();
        assert.ok(keptAs);
        const kept = engine.name === 'sqlite' ? `sqlite:${keptAs}` : Object.assign(new URL(url), { pathname: `/${keptAs}` }).href;
        assert.deepEqual([await countPayments(url), await countPayments(kept)], [1, 2]);
      });
    });

    it('stay held while Payme cannot be read, and then say so', async () => {
      await withBackup(engine, async ({ testBed, again, backUp, restore, verify }) => {
        const id = await testBed.pay();
        await backUp();
        await restore();
        const restored = await again();
        const broken = await verify({ url: 'http://127.0.0.1:9/api' });
        assert.deepEqual([broken?.released, broken?.unread], [false, [merchant.id]]);
        await assert.rejects(restored.card(id), isHeld);
        assert.equal((await verify())?.released, true);
        assert.equal((await restored.card(id)).nextAction.kind, 'enter_card_code');
      });
    });

    it('refuse a file that is no backup, and an existing file to write to', async () => {
      await withBackup(engine, async ({ close, url, file, backUp }) => {
        await close();
        await assert.rejects(restoreDatabase(import.meta.filename, url), /expected a whole backup|pg_restore failed/);
        await backUp();
        assert.equal(statSync(file).mode & 0o777, 0o600);
        await assert.rejects(backupDatabase(url, file), /exists already/);
        assert.equal(existsSync(`${file}.unfinished`), false);
      });
    });
  });
}

const isHeld = (cause: unknown): boolean => cause instanceof ProblemError && cause.code === 'payment_processing';

async function paidByCard(testBed: CardTestBed, orderId: string): Promise<string> {
  const id = await testBed.pay({ orderId });
  await testBed.card(id);
  assert.equal((await testBed.code(id)).status, 'succeeded');
  return id;
}

async function countPayments(url: string): Promise<number> {
  const store = await openStore(url);
  const payments = await store.listPayments(merchant.id, { limit: 100 });
  await store.close();
  return payments.length;
}

/** A test bed on a database, and what an operator does to that. */
async function createParts(engine: Engine) {
  const database = await engine.createEmpty();
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-backup-'));
  const file = join(folder, 'backup');
  const sealingKey = randomBytes(32);
  const testBed = await createCardTestBed({ databaseUrl: database.url, sealingKey });
  const { url } = database;
  const beds = [testBed];
  const closed = new Set<CardTestBed>();
  const close = async (bed: CardTestBed) => {
    if (!closed.has(bed)) await bed.store.close();
    closed.add(bed);
  };
  const kept: string[] = [];
  const config = (card: { url?: string } = {}): Config => ({
    port: 0,
    host: '127.0.0.1',
    publicUrl: new URL('https://pay.example'),
    databaseUrl: url,
    keys: sealingKey,
    logLevel: 'silent',
    trustProxy: false,
    demo: false,
    merchants: [
      MerchantConfig.parse({
        ...merchant,
        apiKeys: [`sha256:${hashBearer('sk_test_restore')}`],
        webhook: { url: 'http://127.0.0.1:9/hook', secrets: ['whsec_pY8Ec/tMGC21pT/peIY7bqplUrXGlHaa45ZdJbsRvnY='] },
        methods: {
          card: {
            url: testBed.simulator.url,
            cashboxId: testBed.simulator.cashbox.id,
            key: testBed.simulator.cashbox.key,
            ...card,
          },
        },
      }),
    ],
  });
  return {
    testBed,
    url,
    file,
    backUp: () => backupDatabase(url, file),
    /** Stops the server, destroys nothing that the restore does not replace, and restores. */
    async restore() {
      for (const bed of beds) await close(bed);
      const restored = await restoreDatabase(file, url, { force: true });
      if (restored.keptAs) kept.push(restored.keptAs);
      return restored;
    },
    /** A server on the restored database. */
    async again() {
      const bed = await createCardTestBed({ databaseUrl: url, sealingKey, beside: testBed });
      beds.push(bed);
      return bed;
    },
    verify: (card?: { url?: string }) => verifyRestore(config(card)),
    async close() {
      await close(testBed);
    },
    async end() {
      for (const bed of beds) await close(bed);
      await testBed.simulator.close();
      await database.drop();
      if (engine.name === 'postgres') await dropDatabases(url, kept);
      rmSync(folder, { recursive: true });
    },
  };
}

async function dropDatabases(url: string, names: readonly string[]): Promise<void> {
  const { db } = openDatabase(Object.assign(new URL(url), { pathname: '/postgres' }).href);
  for (const name of names) await sql`drop database ${sql.id(name)}`.execute(db);
  await db.destroy();
}

async function withBackup(
  engine: Engine,
  work: (parts: Awaited<ReturnType<typeof createParts>>) => Promise<void>,
): Promise<void> {
  const parts = await createParts(engine);
  try {
    await work(parts);
  } finally {
    await parts.end();
  }
}
