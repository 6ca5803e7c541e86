/** The commands that delete, erase and hold, as an operator types them. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { hashBearer } from '../../../../server/payments/model/ids.ts';
import { asKeys } from '../../../../server/payments/sealer.ts';
import { createAuditChain } from '../../../../server/storage/audit/chain.ts';
import { openDatabase } from '../../../../server/storage/database.ts';
import { openStore } from '../../../../server/storage/store.ts';
import { runCommand } from '../../../support/pay-desk-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'pay-desk-retention-commands-'));
const env = {
  DATABASE_URL: `sqlite:${join(folder, 'pay-desk.db')}`,
  MERCHANTS_FILE: join(folder, 'merchants.json'),
  PUBLIC_URL: 'http://localhost:4400',
  SEALING_KEY: '59830ebc3a4184110566bf1a290d08473dfdcbd492ce498b14cd1a5e2fa2e441',
};

before(async () => {
  const merchant = {
    id: 'shop',
    name: 'Shop',
    test: true,
    apiKeys: [`sha256:${hashBearer('sk_test_retention')}`],
    webhook: { url: 'http://127.0.0.1:9/hook', secrets: ['whsec_pY8Ec/tMGC21pT/peIY7bqplUrXGlHaa45ZdJbsRvnY='] },
    allowedOrigins: [],
    retention: { bodyDays: 30 },
    methods: { card: { url: 'http://127.0.0.1:9/api', cashboxId: '5e730e8e0b852a417aa49ceb', key: 'none' } },
  };
  writeFileSync(env.MERCHANTS_FILE, JSON.stringify({ merchants: [merchant] }));
  await (await openStore(env.DATABASE_URL)).close();
});
after(() => rmSync(folder, { recursive: true }));

describe('pay-desk db and audit', () => {
  it('prunes and says what it has deleted', async () => {
    const { code, stdout, stderr } = await runCommand(['db', 'prune', '--json'], { env });
    assert.deepEqual([code, JSON.parse(stdout)], [0, { payments: 0, webhookBodies: 0, postbackBodies: 0, others: 0 }], stderr);
  });

  it('erases a customer only if one is sure, and only of a merchant that there is', async () => {
    const erase = ['db', 'erase', '--label', 'customer-7', '--merchant'];
    assert.match((await runCommand([...erase, 'shop'], { env })).stderr, /no terminal to ask on/);
    assert.match((await runCommand([...erase, 'other', '--yes'], { env })).stderr, /has no merchant other/);
    const { code, stdout } = await runCommand([...erase, 'shop', '--yes'], { env });
    assert.equal(code, 0);
    assert.match(stdout, /the customer is now\s+erased-[\w-]{22}\n/);
  });

  it('holds a database that was brought back by other means, until it is verified', async () => {
    const held = async () => {
      const store = await openStore(env.DATABASE_URL);
      return store.restoreHold().finally(() => store.close());
    };
    assert.equal((await runCommand(['db', 'hold', '--yes'], { env })).code, 0);
    assert.equal((await held())?.since, 0);
    const { code, stderr } = await runCommand(['db', 'verify'], { env });
    assert.equal(code, 1, 'its Payme cannot be reached');
    assert.match(stderr, /still held/);
    assert.equal((await held())?.since, 0);
    assert.equal((await runCommand(['db', 'verify', '--force'], { env })).code, 0);
    assert.equal(await held(), null);
  });

  it('says of the audit that it holds, and which row does not', async () => {
    const chain = createAuditChain(asKeys(Buffer.from(env.SEALING_KEY, 'hex')));
    const store = await openStore(env.DATABASE_URL, chain);
    for (const id of ['log_1', 'log_2'])
      await store.insertOperatorLog({ id, operator: 'anna', action: 'search', target: '', data: {}, at: 1 });
    await store.close();
    const anchored = await runCommand(['audit', 'anchor'], { env });
    assert.equal(anchored.code, 0, anchored.stderr);
    const anchor = join(folder, 'anchor.json');
    writeFileSync(anchor, anchored.stdout);
    const whole = await runCommand(['audit', 'verify', '--anchor', anchor, anchor], { env });
    assert.equal(whole.code, 0, whole.stderr);
    assert.match(whole.stdout, /anchor \S+anchor\.json +1 ends hold, 0 do not, 0 are too old to be looked for\n/);
    assert.match(whole.stdout, /rows with a hash\s+2\n/);
    assert.match(whole.stderr, /Every chain holds/);
    const { db } = openDatabase(env.DATABASE_URL);
    await db.updateTable('operator_log').set({ operator: 'ben' }).where('id', '=', 'log_1').execute();
    await db.destroy();
    const changed = await runCommand(['audit', 'verify'], { env });
    assert.equal(changed.code, 1);
    assert.match(changed.stdout, /operators\s+log_1\s+1\s+this row is not what was written/);
    assert.match(changed.stderr, /One chain does not hold/);
    await cutOffEnd();
    assert.equal((await runCommand(['audit', 'verify'], { env })).code, 0, 'what is left is a chain');
    const cut = await runCommand(['audit', 'verify', '--anchor', anchor], { env });
    assert.equal(cut.code, 1);
    assert.match(cut.stdout, /operators +- +2 +the row that an anchor has here is gone or another one/);
    assert.match(cut.stderr, /One chain does not hold/);
    for (const [file, sentence] of [
      [env.MERCHANTS_FILE, /merchants\.json: expected what pay-desk audit anchor has printed\.\n$/],
      [join(folder, 'none.json'), /none\.json cannot be read \(ENOENT\)\.\n$/],
    ] as const) {
      const wrong = await runCommand(['audit', 'verify', '--anchor', file], { env });
      assert.equal(wrong.code, 2);
      assert.match(wrong.stderr, sentence);
    }
  });
});

/** As whoever administers the database may: the rows that are left are a whole chain again. */
async function cutOffEnd(): Promise<void> {
  const { db } = openDatabase(env.DATABASE_URL);
  await db.updateTable('operator_log').set({ operator: 'anna' }).where('id', '=', 'log_1').execute();
  await db.deleteFrom('operator_log').where('id', '=', 'log_2').execute();
  const { hash } = await db.selectFrom('operator_log').select('hash').where('id', '=', 'log_1').executeTakeFirstOrThrow();
  await db
    .updateTable('audit_chains')
    .set({ position: 1, hash: String(hash) })
    .where('chain', '=', 'operators')
    .execute();
  await db.destroy();
}
