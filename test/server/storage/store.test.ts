/** The store behaves the same on both engines, because the rules of money must not depend on the engine. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newAttemptId, newId } from '../../../server/payments/model/ids.ts';
import type {
  AttemptInFlight,
  AttemptRecord,
  DiscountRecord,
  OutboxRecord,
  PaymentRecord,
} from '../../../server/payments/model/records.ts';
import { openDatabase } from '../../../server/storage/database.ts';
import { type OpenStore, openStore } from '../../../server/storage/store.ts';
import { engines } from '../../support/engines.ts';
import { withTestBed } from '../../support/with-test-bed.ts';

const start = 1_750_000_000_000;

let made = 0;
function payment(own: Partial<PaymentRecord> = {}): PaymentRecord {
  made += 1;
  return {
    id: newId('pay'),
    merchantId: 'books',
    orderId: `order-${made}`,
    label: 'Łucja မောင်',
    description: null,
    status: 'open',
    version: 1,
    sequence: 0,
    test: true,
    amount: 900_719_925_474_099,
    discount: 0,
    discountCode: null,
    amountPaid: 0,
    acceptedAmount: null,
    approvalId: null,
    decidedBy: null,
    amountRefunded: 0,
    currency: 'PLN',
    paidLate: false,
    fromLink: false,
    orderAlreadyPaidBy: null,
    methods: ['pay_code'],
    walletType: null,
    locale: 'my',
    phone: null,
    items: null,
    returnUrls: { success: 'https://shop.example/ok' },
    metadata: { basket: '7' },
    problem: null,
    fiscalReceipts: null,
    attemptId: null,
    createdAt: start + made,
    updatedAt: start + made,
    expiresAt: start + 3_600_000,
    paidAt: null,
    ...own,
  };
}

const attempt = (paymentId: string, own: Partial<AttemptInFlight> = {}): AttemptInFlight => ({
  id: newAttemptId('pay_1'),
  paymentId,
  method: 'pay_code',
  status: 'processing',
  sealed: 'v1.sealed',
  lastCharacters: '0001',
  action: { kind: 'enter_code' },
  submittedReference: 'as typed ၁၂၃',
  waiting: 'transfer_pending',
  problem: null,
  startedAt: start,
  endedAt: null,
  unknownSince: null,
  checks: 0,
  nextCheckAt: start,
  leaseUntil: 0,
  ...own,
});

const webhook = (paymentId: string, sequence: number, own: Partial<OutboxRecord> = {}): OutboxRecord => ({
  id: newId('evt'),
  merchantId: 'books',
  endpoint: 'main',
  paymentId,
  sequence,
  type: 'payment.succeeded',
  body: '{}',
  status: 'pending',
  tries: 0,
  nextTryAt: start,
  leaseUntil: 0,
  createdAt: start,
  deliveredAt: null,
  replayedAt: null,
  ...own,
});

for (const engine of engines) {
  describe(`the store (${engine.name})`, { skip: engine.skip }, () => {
    let databaseUrl: string;
    let store: OpenStore;
    withTestBed(engine, openStore, (opened, url) => {
      store = opened;
      databaseUrl = url;
    });

    it('returns exactly what was stored', async () => {
      const record = payment({
        problem: { code: 'code_used', field: 'code' },
        items: [{ title: 'Book' }],
        phone: '998901234567',
      });
      await store.insertPayment(record);
      assert.deepEqual(await store.payment(record.id), record);
    });

    it('lets one of two changes of the same version through', async () => {
      const record = payment();
      await store.insertPayment(record);
      const next = { ...record, version: 2 };
      const both = await Promise.all([store.updatePayment(next), store.updatePayment({ ...next, amountPaid: 1 })]);
      assert.deepEqual(both.sort(), [false, true]);
    });

    it('stores all of a transaction or nothing', async () => {
      const record = payment();
      await assert.rejects(
        store.transaction(async (tx) => {
          await tx.insertPayment(record);
          throw new Error('power cut');
        }),
        /power cut/,
      );
      assert.equal(await store.payment(record.id), null);
    });

    it('keeps one live payment for an order, and lets money reopen an old one beside it', async () => {
      const first = payment({ orderId: 'same' });
      assert.equal(await store.insertPayment(first), true);
      assert.equal(await store.insertPayment(payment({ orderId: 'same' })), false);
      assert.equal(await store.insertPayment(payment({ orderId: 'same', merchantId: 'rival' })), true);
      await store.updatePayment({ ...first, status: 'expired', version: 2 });
      const second = payment({ orderId: 'same' });
      assert.equal(await store.insertPayment(second), true);
      assert.equal((await store.paymentOfOrder('books', 'same'))?.id, second.id);
      assert.equal(await store.updatePayment({ ...first, status: 'succeeded', paidLate: true, version: 3 }), true);
      // Its order is paid.
      assert.equal((await store.paymentOfOrder('books', 'same'))?.id, first.id);
      assert.deepEqual(
        (await store.paymentsOfOrder('books', 'same')).map(({ id }) => id),
        [first.id, second.id],
      );
    });

    it('shows no merchant another’s payment', async () => {
      const record = payment();
      await store.insertPayment(record);
      assert.equal(await store.paymentOfMerchant('rival', record.id), null);
      assert.deepEqual(await store.listPayments('rival', { limit: 10, after: record.id }), []);
    });

    it('finds an ended payment by a client secret for as long as asked, since its last change or since the secret was made', async () => {
      const [first, second] = ['a', 'b'].map((name) => `hash-${name}-${engine.name}`) as [string, string];
      const record = payment({ updatedAt: start });
      await store.insertPayment(record);
      await store.insertClientSecret(first, record.id, start, 20);
      assert.equal((await store.paymentBySecret(first, start + 1_000))?.id, record.id, 'it has not ended');
      let version = 1;
      for (const status of ['canceled', 'expired', 'succeeded', 'underpaid', 'refunding', 'refunded'] as const) {
        version += 1;
        await store.updatePayment({ ...record, status, version });
        assert.equal((await store.paymentBySecret(first, start - 1))?.id, record.id, status);
        assert.equal(await store.paymentBySecret(first, start), null, status);
      }
      await store.insertClientSecret(second, record.id, start + 1_000, 20);
      assert.equal((await store.paymentBySecret(second, start + 999))?.id, record.id);
      assert.equal(await store.paymentBySecret(second, start + 1_000), null);
      await store.updatePayment({ ...record, status: 'needs_review', version: version + 1 });
      assert.equal((await store.paymentBySecret(first, start + 1_000))?.id, record.id, 'a person looks at it');
    });

    it('keeps the newest client secrets of a payment, also of one millisecond, and those of others', async () => {
      const [record, other] = [payment(), payment()];
      for (const { id } of [record, other]) await store.insertPayment(record.id === id ? record : other);
      const hash = (n: number) => `many-${n}-${engine.name}`;
      await store.insertClientSecret(`other-${engine.name}`, other.id, 0, 3);
      for (const [n, at] of [
        [1, start],
        [2, start + 1],
        [3, start + 2],
        [4, start + 2],
        [5, start + 2],
      ] as const) {
        await store.insertClientSecret(hash(n), record.id, at, 3);
        assert.equal((await store.paymentBySecret(hash(n), 0))?.id, record.id);
      }
      const found = await Promise.all([1, 2, 3, 4, 5].map(async (n) => (await store.paymentBySecret(hash(n), 0)) !== null));
      assert.deepEqual(found, [false, false, true, true, true]);
      assert.equal((await store.paymentBySecret(`other-${engine.name}`, 0))?.id, other.id);
    });

    it('lists newest first and continues after a cursor, also within one millisecond', async () => {
      const records = Array.from({ length: 7 }, () => payment({ merchantId: 'lister', createdAt: start }));
      for (const record of records) await store.insertPayment(record);
      const seen: string[] = [];
      for (let after: string | undefined; ; after = seen.at(-1)) {
        const page = await store.listPayments('lister', { limit: 3, ...(after ? { after } : {}) });
        if (page.length === 0) break;
        seen.push(...page.map(({ id }) => id));
      }
      assert.deepEqual([...seen].sort(), records.map(({ id }) => id).sort());
    });

    it('reads a payment with its discount, which takes the place of an attempt, and checks it like an attempt', async () => {
      const record = payment({ merchantId: 'discounter' });
      await store.insertPayment(record);
      const { id, sealed, lastCharacters } = attempt(record.id);
      await store.insertAttempt(attempt(record.id, { id }));
      const code = { id, status: 'reserved', lastCharacters, createdAt: start } as const;
      const discount: DiscountRecord = {
        ...code,
        ...{ paymentId: record.id, method: 'pay_code', rule: 'demo-discount', sealed, problem: null },
        ...{ endedAt: null, checks: 0, nextCheckAt: start, leaseUntil: 0 },
      };
      const discounted = { ...record, discount: 500, discountCode: code, version: 2 };
      await store.transaction(async (tx) => {
        await tx.turnIntoDiscount(discount);
        await tx.updatePayment(discounted);
        assert.deepEqual(await tx.lockPayment(record.id), discounted);
      });
      assert.deepEqual([await store.attempt(id), await store.discount(id)], [null, discount]);
      assert.deepEqual(await store.paymentWithAttempts(record.id), { payment: discounted, attempts: [] });
      assert.deepEqual(await store.listPayments('discounter', { limit: 10 }), [discounted]);

      const lane = { merchantId: 'discounter', method: 'pay_code' } as const;
      const lease = (now: number) => store.leaseDueDiscounts(now, () => now + 1000, 100, { only: lane });
      assert.deepEqual(await store.leaseDueDiscounts(start, () => start + 1000, 100, { except: [lane] }), []);
      assert.deepEqual([(await lease(start)).length, (await lease(start + 999)).length], [1, 0]);
      await store.releaseAllLeases(start + 10);
      const [leased] = await lease(start + 10);
      await store.scheduleDiscountCheck(leased ?? assert.fail(), start + 5000, start + 20);
      assert.equal((await lease(start + 4999)).length, 0);
      await store.updateDiscount({ ...discount, status: 'dropped', nextCheckAt: start + 5000 });
      await store.stopDiscountChecks(id);
      const { sealed: kept, nextCheckAt } = (await store.discount(id)) ?? assert.fail();
      assert.deepEqual([kept, nextCheckAt], [null, null]);
    });

    it('leases a due attempt to one process only, until the lease ends', async () => {
      const record = payment();
      await store.insertPayment(record);
      const row = attempt(record.id);
      await store.insertAttempt(row);
      const mine = (leased: AttemptRecord[]) => leased.filter(({ id }) => id === row.id).length;
      const rival = await openStore(databaseUrl);
      const both = await Promise.all([store, rival].map((each) => each.leaseDueAttempts(start, () => start + 1000, 100)));
      await rival.close();
      assert.deepEqual(both.map(mine).sort(), [0, 1]);
      assert.equal(mine(await store.leaseDueAttempts(start + 999, () => start + 2000, 100)), 0);
      assert.equal(mine(await store.leaseDueAttempts(start + 1000, () => start + 2000, 100)), 1);
      await store.releaseAllLeases(start + 1001);
      assert.equal(mine(await store.leaseDueAttempts(start + 1001, () => start + 2000, 100)), 1);
    });

    it('counts each lease from when it was given, and not from when the first one was', async () => {
      const record = payment({ merchantId: 'slow' });
      await store.insertPayment(record);
      for (let at = 0; at < 3; at += 1) await store.insertAttempt(attempt(record.id, { method: 'card' }));
      let until = start + 1000;
      const slowly = () => {
        until += 400;
        return until;
      };
      const leased = await store.leaseDueAttempts(start, slowly, 100, { only: { merchantId: 'slow', method: 'card' } });
      assert.deepEqual(
        leased.map(({ leaseUntil }) => leaseUntil - start),
        [1400, 1800, 2200],
      );
    });

    it('reports an attempt whose row contradicts its status, and gives out the others', async () => {
      const record = payment({ merchantId: 'faulty' });
      await store.insertPayment(record);
      const own = { method: 'card', nextCheckAt: start - 1 } as const;
      const sound = attempt(record.id, own);
      const faulty = { ...attempt(record.id, own), status: 'paid', endedAt: start - 2 };
      const ended = { ...attempt(record.id, own), status: 'declined', endedAt: start, nextCheckAt: null } as const;
      for (const row of [faulty as unknown as AttemptRecord, sound, ended]) await store.insertAttempt(row);
      const lane = { only: { merchantId: 'faulty', method: 'card' } } as const;
      const lease = () => store.leaseDueAttempts(start, () => start + 1000, 100, lane);
      await assert.rejects(lease(), new RegExp(`${faulty.id}.*nextCheckAt`));
      assert.deepEqual(
        (await lease()).map(({ id }) => id),
        [sound.id],
      );

      const stale = async () => (await store.attemptsWithStaleSecret('card', 100)).map(({ id }) => id);
      assert.deepEqual(await stale(), [ended.id]);
      await store.eraseSecret(ended.id);
      await assert.rejects(stale(), new RegExp(faulty.id));
      await store.eraseSecret(faulty.id);
      assert.deepEqual(await stale(), []);
    });

    it('counts a piece of evidence once, whoever reports it', async () => {
      const [one, other] = [payment(), payment()];
      const evidence = {
        upstream: 'paycodes:x',
        upstreamId: 'code:1',
        attemptId: null,
        method: 'pay_code',
        amount: 5,
        currency: 'PLN',
        takenAt: start,
        counted: false,
        disposition: null,
        dispositionPaymentId: null,
        reportedBy: null,
      } as const;
      assert.equal(await store.insertEvidence({ ...evidence, paymentId: one.id }), true);
      assert.equal(await store.insertEvidence({ ...evidence, paymentId: one.id }), false);
      assert.equal(await store.insertEvidence({ ...evidence, paymentId: other.id }), false);
      assert.equal((await store.evidence(one.id)).length, 1);
    });

    it('leases webhooks in order within a payment, and none of a merchant that is busy', async () => {
      const [one, other] = [payment().id, payment().id];
      const [first, second, foreign] = [webhook(one, 1), webhook(one, 2), webhook(other, 1, { merchantId: 'rival' })];
      for (const row of [second, first, foreign]) await store.insertOutbox(row);
      const ids = async (except: string[] = []) =>
        (
          await store.leaseDueWebhooks(
            start,
            start + 1,
            10,
            except.map((merchantId) => ({ merchantId, endpoint: 'main' })),
          )
        )
          .map(({ id }) => id)
          .sort();
      assert.deepEqual(await ids(['rival']), [first.id]);
      assert.deepEqual(await ids(), [foreign.id]);
      await store.updateOutbox({ ...first, status: 'parked', leaseUntil: 0 }, start + 1);
      assert.deepEqual(await ids(), [second.id]);
    });

    it('counts what waits: unknown outcomes, reviews, webhooks that failed', async () => {
      const before = await store.backlog();
      const record = payment({ status: 'needs_review' });
      await store.insertPayment(record);
      await store.insertAttempt(attempt(record.id, { unknownSince: start }));
      await store.insertOutbox(webhook(record.id, 1, { tries: 3 }));
      await store.insertOutbox(webhook(record.id, 2, { tries: 1, status: 'delivered' }));
      const now = await store.backlog();
      assert.deepEqual(
        [
          now.pendingReconciliation - before.pendingReconciliation,
          now.needsReview - before.needsReview,
          now.undeliveredWebhooks - before.undeliveredWebhooks,
        ],
        [1, 1, 1],
      );
    });

    it('leases a webhook to one process only', async () => {
      const row = webhook(payment().id, 1, { merchantId: 'raced' });
      await store.insertOutbox(row);
      const rival = await openStore(databaseUrl);
      const both = await Promise.all([store, rival].map((each) => each.leaseDueWebhooks(start, start + 1000, 100, [])));
      await rival.close();
      assert.deepEqual(both.map((leased) => leased.filter(({ id }) => id === row.id).length).sort(), [0, 1]);
    });

    it('remembers a key: first use, replay, and take-over after a crash', async () => {
      const row = {
        scope: 's',
        keyHash: newId('aud'),
        fingerprint: 'f',
        status: 'running',
        paymentId: null,
        leaseUntil: start + 10,
        createdAt: start,
      } as const;
      assert.equal(await store.reserveKey(row), null);
      assert.equal((await store.reserveKey(row))?.status, 'running');
      assert.equal(await store.takeOverKey({ ...row, leaseUntil: start + 30 }, start + 9), false);
      assert.equal(await store.takeOverKey({ ...row, leaseUntil: start + 30 }, start + 10), true);
      await store.finishKey(row.scope, row.keyHash, 'pay_x');
      assert.equal((await store.reserveKey(row))?.paymentId, 'pay_x');
      await store.releaseKey(row);
      assert.equal((await store.reserveKey(row))?.paymentId, 'pay_x', 'what is finished is not given back');
      await store.pruneKeys(start);
      assert.equal((await store.reserveKey(row))?.paymentId, 'pay_x');
      await store.pruneKeys(start + 1);
      assert.equal(await store.reserveKey(row), null);
      assert.equal(await store.takeOverKey({ ...row, leaseUntil: start + 30 }, start + 10), true);
      await store.releaseKey(row);
      assert.equal((await store.reserveKey(row))?.leaseUntil, start + 30, 'it is another’s now');
      await store.releaseKey({ ...row, leaseUntil: start + 30 });
      assert.equal(await store.reserveKey(row), null);
    });

    it('remembers the newest Idempotency-Keys of one scope alone, and every one that is in use', async () => {
      const row = (at: number, scope = 'pay_1:code') =>
        ({
          scope,
          keyHash: `k${at}`,
          fingerprint: 'f',
          status: 'running',
          paymentId: null,
          leaseUntil: at,
          createdAt: at,
        }) as const;
      for (let at = 0; at < 40; at += 1) {
        assert.equal(await store.reserveKey(row(at), 5), null);
        if (at !== 3) await store.finishKey('pay_1:code', `k${at}`, 'pay_1');
        assert.equal(await store.reserveKey(row(at, 'pay_2:code')), null);
        await store.finishKey('pay_2:code', `k${at}`, 'pay_2');
      }
      for (const [at, known] of [
        [3, true],
        [39, true],
        [37, true],
        [0, false],
        [20, false],
      ] as const)
        assert.equal((await store.reserveKey(row(at))) !== null, known, `key ${at}`);
      assert.equal((await store.reserveKey(row(0, 'pay_2:code')))?.paymentId, 'pay_2', 'another scope');
    });

    it('does not open a database that a newer version has written', async () => {
      const newer = await engine.createEmpty();
      try {
        await (await openStore(newer.url)).close();
        const { db } = openDatabase(newer.url);
        const row = { name: '9999-future', timestamp: '2030-01-01' };
        await db
          .insertInto('kysely_migration' as never)
          .values(row as never)
          .execute();
        await db.destroy();
        await assert.rejects(openStore(newer.url), { name: 'DatabaseTooNew' });
      } finally {
        await newer.drop();
      }
    });

    it('opens a database of an earlier start', async () => {
      const record = payment();
      await store.insertPayment(record);
      const again = await openStore(databaseUrl);
      assert.equal((await again.payment(record.id))?.id, record.id);
      await again.ready();
      await again.close();
    });
  });
}
