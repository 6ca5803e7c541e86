/** That nothing is left of an erased customer in any table, sealed texts opened, and what is not erased because somebody needs it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Kysely, sql } from 'kysely';
import { newId } from '../../../../server/payments/model/ids.ts';
import { createAuditChain } from '../../../../server/storage/audit/chain.ts';
import { verifyAudit } from '../../../../server/storage/audit/verify.ts';
import { openDatabase } from '../../../../server/storage/database.ts';
import { eraseCustomer } from '../../../../server/storage/retention/erase-customer.ts';
import type { Schema } from '../../../../server/storage/schema.ts';
import { auditChain, auditKey } from '../../../support/audit-chain.ts';
import { createCardTestBed, smsCode } from '../../../support/card-test-bed.ts';
import { engines } from '../../../support/engines.ts';
import { merchant } from '../../../support/method-test-bed.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createWalletTestBed } from '../../../support/wallet-test-bed.ts';

const label = 'planted "Zoë"';
const phone = '998901304527';
/** As JSON may write it, too. */
const planted = ['planted', phone, phone.split('').reverse().join(''), 'Zo\\u00eb'];
const who = { merchantId: merchant.id, label };

for (const engine of engines) {
  describe(`an erased customer (${engine.name})`, { skip: engine.skip }, () => {
    it('who paid by card, with the card saved, is in no table and in no sealed text', async () => {
      const database = await engine.create();
      const bed = await createCardTestBed({ databaseUrl: database.url });
      const { db } = openDatabase(database.url);
      try {
        const id = await bed.pay({ label, phone });
        await bed.card(id, { save: true });
        assert.equal((await bed.code(id, smsCode)).status, 'succeeded');
        const keys = { sealer: bed.sealer, chain: auditChain };
        assert.equal((await eraseCustomer(database.url, who, keys, bed.clock.now())).kind, 'erased');
        assert.ok(
          (await assertGone(db, (sealed, row) => bed.sealer.open(sealed, row))) > 0,
          'the card of the attempt is still sealed',
        );
        assert.equal((await verifyAudit(database.url, auditChain)).brokenChains, 0);
      } finally {
        await db.destroy();
        await bed.close();
        await database.drop();
      }
    });

    it('who paid by wallet is in no postback, whoever received it; while one waits for a person, nothing is erased', async () => {
      const database = await engine.create();
      const bed = await createWalletTestBed({ databaseUrl: database.url });
      const { db } = openDatabase(database.url);
      try {
        const id = await bed.pay({ label, phone });
        await bed.choose(id);
        const transfer = await bed.transfer();
        await bed.submit(id, transfer);
        assert.equal((await bed.payments.view(id)).status, 'succeeded');
        // Paykassma's own postback comes when it comes; its money is the payment's already.
        await waitFor(async () => {
          const received = await db.selectFrom('postbacks').select('status').execute();
          return received.length > 0 && received.every(({ status }) => status === 'applied');
        });
        const [attempt] = await db.selectFrom('attempts').select('id').where('payment_id', '=', id).execute();
        const postback = (merchantId: string, body: unknown, status: string) => {
          const row = { id: newId('pbk'), merchant_id: merchantId, upstream: 'paykassma', digest: newId('pbk'), status };
          const json = JSON.stringify(body).replaceAll('ë', '\\u00eb');
          return db
            .insertInto('postbacks')
            .values({ ...row, body: json, received_at: bed.clock.now() })
            .returning('id')
            .executeTakeFirstOrThrow();
        };
        await postback('of-the-same-account', [{ custom_transaction_id: attempt?.id, label }], 'applied');
        const waits = await postback(merchant.id, { transactions: [{ label }] }, 'unmatched');
        const others = await postback('another', { transactions: [{ label: 'somebody else' }] }, 'applied');
        const erase = () => eraseCustomer(database.url, who, { sealer: bed.parts.sealer, chain: auditChain }, bed.clock.now());
        assert.deepEqual(await erase(), { kind: 'not_matched', postbacks: [waits.id] });
        assert.equal((await bed.payments.read(merchant.id, id))?.label, label, 'nothing was erased');
        await db.updateTable('postbacks').set({ status: 'applied' }).where('id', '=', waits.id).execute();
        assert.equal((await erase()).kind, 'erased');
        await assertGone(db, () => assert.fail('nothing of a wallet is sealed'));
        assert.equal((await bed.payments.read(merchant.id, id))?.amountPaid, 600_000);
        const kept = await db.selectFrom('postbacks').select('body').where('id', '=', others.id).executeTakeFirst();
        assert.match(kept?.body ?? '', /somebody else/);
        assert.equal((await verifyAudit(database.url, auditChain)).brokenChains, 0);
      } finally {
        await db.destroy();
        await bed.close();
        await database.drop();
      }
    });
  });
}

describe('the digest of a row of the audit', () => {
  it('cannot be made by somebody who guesses the text and has not the key', () => {
    const guessed = ['audit', 'aud_1', 'pay_1', 'shop', 'x', JSON.stringify({ phone }), 1];
    const digest = auditChain.digest(guessed);
    assert.ok(auditChain.matches(digest, guessed));
    const another = createAuditChain({ lookup: [{ ...auditKey, bytes: Buffer.alloc(32) }] });
    assert.notEqual(another.digest(guessed), digest);
    assert.equal(another.matches(digest, guessed), false);
  });
});

/** Searches every row of every table. @returns How many sealed texts were opened. */
async function assertGone(db: Kysely<Schema>, open: (sealed: string, row: string) => string): Promise<number> {
  let opened = 0;
  for (const { name } of await db.introspection.getTables()) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db);
    for (const row of rows) {
      const texts = Object.values(row).map(String);
      if (typeof row.sealed === 'string') {
        texts.push(open(row.sealed, String(row.id)));
        opened += 1;
      }
      for (const text of texts) for (const trace of planted) assert.ok(!text.includes(trace), `${trace} is left in ${name}`);
    }
  }
  return opened;
}
