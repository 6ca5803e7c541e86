/** The export for accounting, and the state of the whole. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import manifest from '../../../package.json' with { type: 'json' };
import { paymentReference } from '../../../server/contract/index.ts';
import type { OperatorStatus, PaymentDetail, QueuePage } from '../../../server/contract/operate.ts';
import { holdRestored, releaseHolds } from '../../../server/storage/copies/hold.ts';
import { auditChain } from '../../support/audit-chain.ts';
import { usualEngines } from '../../support/engines.ts';
import { merchant } from '../../support/method-test-bed.ts';
import { withTestBed } from '../../support/with-test-bed.ts';
import { createOperateTestBed, keys, type OperateTestBed } from './operate-test-bed.ts';

for (const { name, skip, create } of usualEngines) {
  describe(`on ${name}`, { skip }, () => {
    let testBed: OperateTestBed;
    withTestBed({ create }, createOperateTestBed, (opened) => {
      testBed = opened;
    });
    const today = () => new Date(testBed.clock.now()).toISOString().slice(0, 10);
    const csv = async (query: string, key = keys.anna) => {
      const answer = await testBed.app.inject({
        url: `/operate/export.csv?${query}`,
        headers: { authorization: `Bearer ${key}` },
      });
      return { status: answer.statusCode, headers: answer.headers, lines: answer.body.split('\r\n'), body: answer.body };
    };

    it('a day is exported with sums, and a formula is no formula', async () => {
      const id = await testBed.payments.create(merchant, {
        amount: 2_550,
        currency: 'MMK',
        orderId: '=1+1',
        label: 'says "hi", twice',
      });
      const paid = await testBed.pay();
      await testBed.paid(paid, (await testBed.beginCard(paid)).id, { amount: 500_000 });
      const { status, headers, lines } = await csv(`from=${today()}`);
      assert.equal(status, 200);
      assert.match(String(headers['content-type']), /^text\/csv; charset=utf-8/);
      assert.equal(headers['content-disposition'], `attachment; filename="payments-${today()}.csv"`);
      assert.match(lines[0] ?? '', /^created,paid,merchant,payment,reference,order,label,/);
      assert.equal(lines.length, 4, 'a header, two payments, and the end of the last line');
      const own = lines.find((line) => line.includes(id)) ?? '';
      assert.ok(
        own.endsWith(`,${paymentReference(id)},'=1+1,"says ""hi"", twice",yes,open,,MMK,25.50,0.00,25.50,0.00,0.00,0.00`),
        own,
      );
      const other = lines.find((line) => line.includes(paid)) ?? '';
      assert.ok(other.endsWith(',yes,underpaid,card,MMK,6000.00,0.00,6000.00,5000.00,0.00,5000.00'), other);
    });

    it('many payments are exported page by page, each once', async () => {
      for (let order = 0; order < 620; order += 1) await testBed.pay(`many-${order}`);
      const { lines } = await csv(`from=2020-01-01&to=${today()}`);
      assert.equal(new Set(lines).size, 1 + 2 + 620 + 1);
    });

    it('a formula is no formula either where a semicolon separates the columns', async () => {
      const create = (orderId: string, label: string) =>
        testBed.payments.create(merchant, { amount: 2_550, currency: 'MMK', orderId, label });
      const id = await create('A;=HYPERLINK(1);-2; @x', '＝1+1');
      const harmless = await create('A-17;b=1', 'e-mail@shop.example');
      const { lines } = await csv(`from=${today()}`);
      const lineOf = (payment: string) => lines.find((line) => line.includes(payment)) ?? '';
      assert.ok(lineOf(id).includes(",A;'=HYPERLINK(1);'-2; '@x,'＝1+1,"), lineOf(id));
      assert.ok(lineOf(harmless).includes(',A-17;b=1,e-mail@shop.example,'), lineOf(harmless));
    });

    it('an operator exports nothing of other merchants, and a wrong day is refused', async () => {
      assert.equal((await csv(`from=${today()}`, keys.stranger)).lines.length, 2);
      for (const query of ['', 'from=2026-02-30', `from=${today()}&to=2020-01-01`])
        assert.equal((await csv(query)).status, 422, query);
    });

    it('an export leaves a line', async () => {
      testBed.clock.advance(1);
      await csv(`from=${today()}&merchant=books`);
      const line = (await testBed.log()).at(-1);
      assert.deepEqual(
        [line?.action, JSON.parse(line?.data ?? '')],
        ['export', { from: today(), to: today(), merchant: 'books' }],
      );
    });

    it('the state of the whole says what waits, for how long, and what was paid', async () => {
      const id = await testBed.pay();
      await testBed.payments.settleAttempt(id, (await testBed.beginCard(id)).id, { kind: 'needs_review', why: 'test' }, 9);
      testBed.clock.advance(90_000);
      const { body } = await testBed.get<OperatorStatus>('/operate/status');
      assert.deepEqual([body.version, body.engine, body.database, body.pendingAnswers], [manifest.version, name, 'ok', 0]);
      assert.deepEqual(body.counts, { needs_review: 1, underpaid: 1 });
      assert.equal(body.oldest.needsReview, 90);
      assert.ok((body.oldest.webhook ?? 0) >= 90);
      assert.deepEqual([body.oldest.postback, body.oldest.outcomeUnknown], [null, null]);
      assert.deepEqual(body.paid, [{ method: 'card', currency: 'MMK', count: 1, amount: 500_000 }]);
      assert.equal(body.heldSince, null);
      const { body: stranger } = await testBed.get<OperatorStatus>('/operate/status', keys.stranger);
      assert.deepEqual([stranger.counts, stranger.paid, stranger.oldest.webhook], [{}, [], null]);
    });

    it('the state of the whole counts an unknown outcome at once, although the queue does not have it yet', async () => {
      const id = await testBed.pay();
      await testBed.payments.settleAttempt(id, (await testBed.beginCard(id)).id, { kind: 'unknown' }, 9);
      testBed.clock.advance(60_000);
      const { body } = await testBed.get<OperatorStatus>('/operate/status');
      assert.deepEqual([body.counts.outcome_unknown, body.oldest.outcomeUnknown], [1, 60]);
      assert.equal((await testBed.get<QueuePage>('/operate/queue')).body.counts.outcome_unknown, undefined);
    });

    it('the state of the whole says since when payments are held after a restore, until that is verified', async () => {
      await holdRestored(testBed.db, testBed.clock.now());
      const since = new Date(testBed.clock.now()).toISOString();
      testBed.clock.advance(60_000);
      const heldSince = async () => (await testBed.get<OperatorStatus>('/operate/status')).body.heldSince;
      assert.equal(await heldSince(), since);
      await releaseHolds(testBed.db, auditChain, testBed.clock.now());
      assert.equal(await heldSince(), null);
    });

    it('tells what the payment services reported from what a shop handed in', async () => {
      const id = await testBed.pay();
      await testBed.paid(id, (await testBed.beginCard(id)).id, { amount: 500_000, reportedBy: 'shop' });
      const own = async () => (await csv(`from=${today()}`)).lines.find((line) => line.includes(id)) ?? '';
      assert.ok((await own()).endsWith(',5000.00,0.00,0.00'), await own());
      const { timeline } = (await testBed.get<PaymentDetail>(`/operate/payments/${id}`)).body;
      assert.ok(timeline.some(({ title }) => title === 'Money, reported by the shop: 5,000.00 MMK; it counts.'));
      const [stored] = await testBed.store.evidence(id);
      const { upstreamId = '', attemptId } = stored ?? {};
      await testBed.paid(id, attemptId ?? '', { amount: 500_000, upstreamId });
      assert.ok((await own()).endsWith(',5000.00,0.00,5000.00'), 'the service has reported it since');
    });
  });
}
