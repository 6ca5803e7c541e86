/** The daily comparison with Payme's own list: what is paid there and unknown here, the other way round, and other amounts. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { cardStatements } from '../../../server/methods/card/statement.ts';
import type { ProblemError } from '../../../server/payments/model/errors.ts';
import { newId } from '../../../server/payments/model/ids.ts';
import type { StatementSource } from '../../../server/payments/model/statements.ts';
import { createReconciliations, type ReconciliationService } from '../../../server/reconcile/reconciliations.ts';
import { openDatabase } from '../../../server/storage/database.ts';
import { type CardTestBed, createCardTestBed } from '../../support/card-test-bed.ts';
import { usualEngines } from '../../support/engines.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const by = 'operator:anna' as const;

for (const engine of usualEngines) {
  describe(`the comparison with Payme's list (${engine.name})`, { skip: engine.skip }, () => {
    let database: { url: string; drop(): Promise<void> };
    let testBed: CardTestBed;
    let service: ReconciliationService;
    let merchants: { id: string; timeZone?: string }[] = [];
    before(async () => {
      database = await engine.create();
      testBed = await createCardTestBed({ databaseUrl: database.url });
      service = start();
    });
    // Each test has a day of its own, whose noon it begins at.
    beforeEach(() => {
      merchants = [{ id: 'books' }];
      const now = testBed.clock.now();
      testBed.clock.advance(4 * dayMs - (now % dayMs) + 12 * hourMs);
    });
    after(async () => {
      await service.stop();
      await testBed.close();
      await database.drop();
    });

    const start = (own: Partial<StatementSource> = {}) =>
      createReconciliations({
        store: testBed.store,
        clock: testBed.clock,
        observer: testBed.parts.observer,
        sources: [{ ...cardStatements(testBed.parts), ...own }],
        merchants: () => merchants,
      });
    const upstream = () => testBed.parts.account('books')?.upstream ?? '';
    const today = () => new Date(testBed.clock.now()).toISOString().slice(0, 10);
    const toMidnight = (plusMs = 0) => testBed.clock.advance(dayMs - (testBed.clock.now() % dayMs) + plusMs);
    const paid = async (own: object = {}) => {
      const id = await testBed.pay(own);
      await testBed.card(id);
      assert.equal((await testBed.code(id)).status, 'succeeded');
      const [evidence] = await testBed.store.evidence(id);
      return { id, receipt: evidence?.upstreamId ?? '', attemptId: evidence?.attemptId ?? '' };
    };
    /** A paid receipt in the cashbox that no payment here has paid. */
    const strayReceipt = async (description: string, amount = 70_000) => {
      const payme = testBed.parts.account('books')?.client ?? assert.fail();
      const made = await payme.receiptsCreate({ amount, account: { order_id: '1' }, description });
      const card = await payme.cardsCreate({ number: '8600495473316478', expire: '0399', save: false });
      if (made.kind !== 'ok' || card.kind !== 'ok') return assert.fail('no receipt');
      const { token } = card.result;
      await payme.cardsGetVerifyCode({ token });
      await payme.cardsVerify({ token, code: '666666' });
      assert.equal((await payme.receiptsPay({ id: made.result.id, token })).kind, 'ok');
      return made.result.id;
    };
    const compare = async (day: string) => {
      const begun = await service.startReconciliation({ merchantId: 'books', day, source: 'payme', by }, null);
      await service.idle();
      const read = await service.readReconciliation(begun.id, null);
      assert.equal(read.status, 'done', read.problem ?? '');
      return read;
    };
    const kinds = ({ found }: { found: readonly { kind: string; upstreamId: string }[] }) =>
      found.map(({ kind, upstreamId }) => [kind, upstreamId]);
    /** Changes a row behind the server's back, as a mistake or a thief would. */
    const tamper = async (change: (db: ReturnType<typeof openDatabase>['db']) => Promise<unknown>) => {
      const { db } = openDatabase(database.url);
      await change(db);
      await db.destroy();
    };
    const flagOf = (kind: string, receipt: string) => testBed.store.flagOf('reconciliation', `${kind} payme books ${receipt}`);

    it('finds nothing where both agree', async () => {
      const day = today();
      await paid();
      await paid();
      toMidnight();
      const { there, here, foreign, found, requestedBy } = await compare(day);
      assert.deepEqual([there, here, foreign, found, requestedBy], [2, 2, 0, [], by]);
    });

    it('finds a receipt of ours that is paid there and unknown here, also the second one of an attempt', async () => {
      const day = today();
      const { id, attemptId } = await paid();
      const receipt = await strayReceipt(`${attemptId} order`);
      toMidnight();
      const result = await compare(day);
      assert.deepEqual(kinds(result), [['paid_there', receipt]]);
      const [difference] = result.found;
      assert.deepEqual(
        [difference?.paymentId, difference?.theirAmount, difference?.theirCurrency, difference?.ourAmount],
        [id, 70_000, 'UZS', null],
      );
      const flag = await flagOf('paid_there', receipt);
      assert.deepEqual([flag?.paymentId, flag?.amount, flag?.merchantId], [id, 70_000, 'books']);
    });

    it('counts the receipts of other systems of the cashbox, and suspects one without a description', async () => {
      const day = today();
      await strayReceipt('Invoice 17 of the mobile app');
      const nameless = await strayReceipt('');
      toMidnight();
      const result = await compare(day);
      assert.deepEqual([result.foreign, kinds(result)], [1, [['paid_there', nameless]]]);
    });

    it('finds money that is known here and not there', async () => {
      const day = today();
      const { id, attemptId } = await paid();
      const row = { upstream: upstream(), paymentId: id, attemptId, method: 'card', amount: 1, currency: 'UZS' } as const;
      const more = {
        takenAt: testBed.clock.now(),
        counted: true,
        disposition: null,
        dispositionPaymentId: null,
        reportedBy: null,
      };
      await testBed.store.insertEvidence({ ...row, ...more, upstreamId: 'ffffffffffffffffffffffff' });
      toMidnight();
      assert.deepEqual(kinds(await compare(day)), [['known_here', 'ffffffffffffffffffffffff']]);
    });

    it('finds other amounts', async () => {
      const day = today();
      const { receipt } = await paid();
      await tamper((db) => db.updateTable('evidence').set({ amount: 500_001 }).where('upstream_id', '=', receipt).execute());
      toMidnight();
      const result = await compare(day);
      assert.deepEqual(kinds(result), [['amounts_differ', receipt]]);
      assert.deepEqual([result.found[0]?.theirAmount, result.found[0]?.ourAmount], [500_000, 500_001]);
    });

    it('finds what a person has declared void, and takes a decision for known', async () => {
      const day = today();
      const { receipt } = await paid();
      await tamper((db) =>
        db.updateTable('evidence').set({ counted: 0, disposition: 'void' }).where('upstream_id', '=', receipt).execute(),
      );
      const { id, attemptId } = await paid();
      const decided = await strayReceipt(`${attemptId} decided`);
      await testBed.store.insertDecision({
        ...{ id: newId('dec'), paymentId: id, merchantId: 'books', attemptId, account: upstream(), key: decided },
        ...{ outcome: 'paid', amount: 70_000, currency: 'UZS', decidedBy: by, note: 'test', versionSeen: 1 },
        ...{ decidedAt: testBed.clock.now(), supersededBy: null, supersededAt: null },
      });
      toMidnight();
      assert.deepEqual(kinds(await compare(day)), [['paid_there', receipt]]);
    });

    it('of receipts around midnight finds each on its own day, and no difference', async () => {
      const day = today();
      toMidnight(-1);
      const last = await paid();
      testBed.clock.advance(1);
      await paid();
      // Its answer was stored after midnight, though it was paid before.
      await tamper((db) =>
        db
          .updateTable('evidence')
          .set({ taken_at: testBed.clock.now() + hourMs })
          .where('upstream_id', '=', last.receipt)
          .execute(),
      );
      const next = today();
      toMidnight();
      const [before, after] = [await compare(day), await compare(next)];
      assert.deepEqual([before.there, before.here, before.found], [1, 0, []]);
      assert.deepEqual([after.there, after.here, after.found], [1, 2, []]);
    });

    it('of a receipt that is paid the day after it was made belongs to that day', async () => {
      const id = await testBed.pay({ expiresIn: 86_400 });
      await testBed.card(id);
      const day = today();
      toMidnight(5_000);
      await testBed.card(id);
      assert.equal((await testBed.code(id)).status, 'succeeded');
      const next = today();
      toMidnight();
      assert.equal((await compare(day)).there, 0);
      const { there, here, found } = await compare(next);
      assert.deepEqual([there, here, found], [1, 1, []]);
    });

    it('of a receipt that we have refunded finds no difference, of one that was returned there it does', async () => {
      const day = today();
      const [refunded, returned] = [await paid(), await paid()];
      await testBed.payments.refund(refunded.id);
      assert.equal((await testBed.untilSettled(refunded.id)).status, 'refunded');
      await testBed.control(`receipts/${returned.receipt}/state`, { state: 50 });
      toMidnight();
      assert.deepEqual(kinds(await compare(day)), [['known_here', returned.receipt]]);
    });

    it("goes by the merchant's time zone", async () => {
      merchants = [{ id: 'books', timeZone: 'Asia/Tashkent' }];
      const day = today();
      toMidnight(-6 * hourMs);
      await paid();
      // 19:00 UTC is midnight in Tashkent.
      testBed.clock.advance(2 * hourMs);
      await paid();
      toMidnight(20 * hourMs);
      assert.equal((await compare(day)).there, 1);
    });

    it('is repeated without queueing twice, keeps what a person has closed, and closes what is gone', async () => {
      const day = today();
      const { attemptId } = await paid();
      const [closed, open, gone] = [
        await strayReceipt(`${attemptId} a`),
        await strayReceipt(`${attemptId} b`),
        await strayReceipt(`${attemptId} c`),
      ];
      toMidnight();
      const first = await compare(day);
      assert.equal(first.differences, 3);
      const flag = (await flagOf('paid_there', closed)) ?? assert.fail();
      await testBed.store.closeFlag({ ...flag, closedAt: testBed.clock.now(), closedBy: by, note: 'known' });
      await testBed.control(`receipts/${gone}/state`, { state: 50 });
      const second = await compare(day);
      assert.deepEqual([second.id, second.differences], [first.id, 2]);
      assert.equal((await flagOf('paid_there', closed))?.closedBy, by);
      assert.equal((await flagOf('paid_there', open))?.closedAt, null);
      const ended = await flagOf('paid_there', gone);
      assert.deepEqual([ended?.closedBy, ended?.closedAt !== null], [null, true]);
      assert.equal((await service.listReconciliations(null, null, 100)).filter((one) => one.day === day).length, 1);
    });

    it('reads a list of two thousand receipts, some of them with long details', async () => {
      const day = today();
      const payme = testBed.parts.account('books')?.client ?? assert.fail();
      const { attemptId } = await paid();
      const receipt = await strayReceipt(`${attemptId} oldest`);
      for (let n = 0; n < 2_000; n += 1)
        await payme.receiptsCreate({
          amount: 100,
          account: { order_id: '1' },
          description: 'x'.repeat(n >= 500 && n < 560 ? 6_000 : 10),
        });
      toMidnight();
      const before = testBed.calls('receipts.get_all').length;
      const { there, found } = await compare(day);
      assert.deepEqual([there, kinds({ found })], [2, [['paid_there', receipt]]]);
      const calls = testBed.calls('receipts.get_all').length - before;
      assert.ok(calls >= 40 && calls <= 60, `${calls} calls`);
    });

    it('leaves what another merchant of the same cashbox was paid to that merchant', async () => {
      const day = today();
      const { id, attemptId } = await paid();
      await strayReceipt(`${attemptId} order`);
      await tamper((db) => db.updateTable('payments').set({ merchant_id: 'cafe' }).where('id', '=', id).execute());
      toMidnight();
      const { there, here, foreign, found } = await compare(day);
      assert.deepEqual([there, here, foreign, found], [0, 0, 0, []]);
    });

    it('fails in words if Payme cannot be reached, and succeeds when it is repeated', async () => {
      const day = today();
      await paid();
      toMidnight();
      await testBed.control('settings', { refuse: { 'receipts.get_all': -32400 } });
      const begun = await service.startReconciliation({ merchantId: 'books', day, source: 'payme', by }, null);
      await service.idle();
      const failed = await service.readReconciliation(begun.id, null);
      assert.deepEqual([failed.status, failed.problem], ['failed', 'The payment service could not be reached.']);
      await testBed.control('settings', { refuse: { 'receipts.get_all': null } });
      assert.equal((await compare(day)).there, 1);
    });

    it('refuses a day that is not over, a service without an account, and merchants of others', async () => {
      const refused = (own: object, code: string, field: string, visible: readonly string[] | null = null) =>
        assert.rejects(
          service.startReconciliation({ merchantId: 'books', day: '2026-01-01', source: 'payme', by, ...own }, visible),
          (cause: ProblemError) => cause.code === code && cause.extras.field === field,
        );
      await refused({ day: today() }, 'invalid_request', 'day');
      await refused({ day: '2026-02-30' }, 'invalid_request', 'day');
      await refused({ source: 'paykassma' }, 'invalid_request', 'source');
      await refused({ csv: 'id' }, 'invalid_request', 'csv');
      await refused({ merchantId: 'nobody' }, 'not_found', 'merchant');
      await refused({}, 'not_found', 'merchant', ['rival']);
    });

    it('is not run twice at the same time', async () => {
      const day = today();
      toMidnight();
      const wanted = { merchantId: 'books', day, source: 'payme', by } as const;
      const answer = Promise.withResolvers<null>();
      const held = start({ request: () => answer.promise });
      const other = start({ request: () => answer.promise });
      const begun = await Promise.allSettled([held, held, other].map((one) => one.startReconciliation(wanted, null)));
      assert.equal(begun.filter(({ status }) => status === 'fulfilled').length, 1);
      assert.equal((await service.listReconciliations(null, null, 1))[0]?.status, 'running');
      // Whoever runs it may die. After a quarter of an hour it can be started again, and a late result is not stored.
      testBed.clock.advance(hourMs / 4);
      assert.equal((await service.listReconciliations(null, null, 1))[0]?.status, 'failed');
      assert.equal((await compare(day)).there, 0);
      answer.resolve(null);
      await Promise.all([held.stop(), other.stop()]);
      assert.equal((await service.listReconciliations(null, null, 1))[0]?.status, 'done');
    });

    it('runs by itself once a day, an hour after midnight, in one of several processes, and catches up', async () => {
      // A merchant that this database has not compared before.
      merchants = [{ id: 'books' }];
      await tamper((db) => db.deleteFrom('periodic_work').execute());
      await tamper((db) => db.deleteFrom('reconciliations').execute());
      const other = start();
      const both = async () => void (await Promise.all([service.runNow(), other.runNow()]));
      service.start();
      other.start();
      const days = async () => (await testBed.store.reconciliations(null, null, 100)).map(({ day }) => day).toSorted();
      try {
        await both();
        // Of the day on which it starts only a part is known.
        toMidnight(2 * hourMs);
        await both();
        const first = today();
        toMidnight(hourMs - 1);
        await both();
        assert.deepEqual(await days(), []);
        testBed.clock.advance(1);
        await both();
        assert.deepEqual(await days(), [first]);
        const calls = testBed.calls('receipts.get_all').length;
        await both();
        assert.equal(testBed.calls('receipts.get_all').length, calls);
        testBed.clock.advance(3 * dayMs);
        for (let pass = 0; pass < 5; pass += 1) await both();
        assert.equal((await days()).length, 4);
      } finally {
        await other.stop();
      }
      assert.deepEqual(testBed.failures, []);
    });
  });
}
