/** The history of a payment: everything that happened, as sentences, and nothing that is secret. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { PaymentDetail } from '../../../server/contract/operate.ts';
import { auditSentences, auditTitle } from '../../../server/operate/sentences.ts';
import { newId } from '../../../server/payments/model/ids.ts';
import { usualEngines } from '../../support/engines.ts';
import { withTestBed } from '../../support/with-test-bed.ts';
import { createOperateTestBed, keys, type OperateTestBed } from './operate-test-bed.ts';

const server = fileURLToPath(new URL('../../../server/', import.meta.url));

/** Event types that are put together when they are written. Each form of it stands for these. */
const puttogether: Readonly<Record<string, readonly string[]>> = {
  'payment.${event}': ['payment.canceled', 'payment.expired'],
  'discount.${outcome.kind}': ['discount.redeemed', 'discount.declined', 'discount.unknown'],
  "refund.${outcome.kind === 'unknown' ? 'needs_review' : outcome.kind}": [
    'refund.returned',
    'refund.kept',
    'refund.needs_review',
  ],
  'approval.${status}': ['approval.confirmed', 'approval.rejected'],
  'decision.${wanted.outcome}': ['decision.paid', 'decision.not_paid', 'decision.returned'],
  // About no payment.
  'pay_codes.${fresh.operation}': [],
};

describe('the sentences', () => {
  it('are there for each event that the code writes', () => {
    const missing: string[] = [];
    for (const folder of ['payments', 'methods', 'reconcile', 'webhooks', 'operate', 'storage']) {
      for (const file of readdirSync(join(server, folder), { recursive: true, encoding: 'utf8' })) {
        if (!file.endsWith('.ts') || file.includes('.types')) continue;
        const code = readFileSync(join(server, folder, file), 'utf8');
        for (const [, plain, made] of code.matchAll(/\btype(?:: | = )(?:'([a-z_]+\.[a-z_]+)'|`([a-z_]+\.[^`]+)`)/g)) {
          const types = plain ? [plain] : (puttogether[made ?? ''] ?? [`${made} (put together)`]);
          missing.push(...types.filter((type) => !type.startsWith('pay_codes.') && !(type in auditSentences)));
        }
      }
    }
    assert.deepEqual(missing, []);
  });

  it('leave out what is not known', () => {
    assert.equal(auditTitle('refund.kept', {}).title, 'The payment service did not give the money back.');
    assert.equal(
      auditTitle('refund.kept', { why: 'too late' }).title,
      'The payment service did not give the money back: too late.',
    );
    assert.equal(auditTitle('attempt.begun', { method: 'pay_code' }).title, 'The customer submitted a payment (pay code).');
    assert.equal(auditTitle('payment.teleported', {}).title, 'Something happened: payment.teleported.');
  });
});

for (const { name, skip, create } of usualEngines) {
  describe(`the history of a payment on ${name}`, { skip }, () => {
    let testBed: OperateTestBed;
    withTestBed({ create }, createOperateTestBed, (opened) => {
      testBed = opened;
    });
    const read = async (id: string): Promise<PaymentDetail> => {
      const { status, body } = await testBed.get<PaymentDetail>(`/operate/payments/${id}`);
      assert.equal(status, 200, JSON.stringify(body));
      return body;
    };

    it('has what customer, service and shop did, in order', async () => {
      const id = await testBed.pay();
      testBed.clock.advance(1_000);
      const { id: attemptId } = await testBed.beginCard(id);
      testBed.clock.advance(1_000);
      await testBed.payments.recordIntent(id, attemptId, {
        kind: 'charge',
        amountDue: 600_000,
        operation: 'receipts.pay',
        upstream: 'payme',
        naturalKey: `pw:${attemptId}`,
        notes: { receipt: 'r' },
      });
      testBed.clock.advance(1_000);
      await testBed.paid(id, attemptId, { amount: 500_000 });
      const { timeline, payment, merchantId, acts } = await read(id);
      assert.deepEqual([payment.id, merchantId], [id, 'books']);
      assert.ok(Array.isArray(acts));
      assert.deepEqual(
        timeline.map(({ kind, title }) => [kind, title]),
        [
          ['payment', 'The payment was created.'],
          ['attempt', 'The customer submitted a payment (card).'],
          ['call', 'We called receipts.pay of payme; it is settled.'],
          ['evidence', 'A payment service reported money, and it was counted.'],
          ['evidence', 'Money, reported by the payment service: 5,000.00 MMK; it counts.'],
          ['webhook', 'The webhook payment.underpaid is waiting to be sent.'],
        ],
      );
      const moments = timeline.map(({ at }) => at);
      assert.deepEqual(moments, [...moments].sort());
      const taken = timeline[3];
      assert.deepEqual([taken?.data.from, taken?.data.to, taken?.data.audit], ['processing', 'underpaid', 'evidence.taken']);
    });

    it('names the endpoint that a webhook is for, where it is not the first one', async () => {
      const id = await testBed.pay();
      await testBed.paid(id, (await testBed.beginCard(id)).id);
      const [first] = await testBed.store.reads.webhooksOf(id);
      const copy = { ...(first ?? assert.fail()), id: newId('evt'), endpoint: 'ledger' };
      await testBed.store.insertOutbox(copy);
      const at = testBed.clock.now() + 5;
      await testBed.store.insertDelivery({ id: newId('dlv'), eventId: copy.id, at, durationMs: 7, status: 500, reason: null });
      const { timeline } = await read(id);
      const webhooks = timeline.filter(({ kind }) => kind === 'webhook');
      assert.deepEqual(
        webhooks.map(({ title, data }) => [title, data.endpoint]),
        [
          ['The webhook payment.succeeded is waiting to be sent.', undefined],
          ['Try 1 to deliver payment.succeeded to the endpoint ledger: the shop answered 500, after 7 ms.', 'ledger'],
          ['The webhook payment.succeeded to the endpoint ledger is waiting to be sent.', 'ledger'],
        ],
      );
    });

    it('names a service and never the key that its account goes by', async () => {
      const id = await testBed.pay();
      const { id: attemptId } = await testBed.beginCard(id);
      const upstream = 'paykassma:host:planted-access-key';
      const sent = {
        kind: 'charge',
        amountDue: 600_000,
        operation: 'transaction.activate',
        naturalKey: attemptId,
        notes: {},
      } as const;
      await testBed.payments.recordIntent(id, attemptId, { ...sent, upstream });
      const evidence = { upstream, upstreamId: 'T-77', amount: 600_000, currency: 'MMK' };
      await testBed.payments.settleAttempt(id, attemptId, { kind: 'paid', evidence }, 9);
      const read = await testBed.get<PaymentDetail>(`/operate/payments/${id}`);
      const calls = read.body.timeline.filter(({ data }) => data.upstream !== undefined);
      assert.ok(calls.length >= 2);
      assert.deepEqual([...new Set(calls.map(({ data }) => data.upstream))], ['paykassma']);
      assert.ok(!JSON.stringify(read.body).includes('planted'));
    });

    it('has what people did', async () => {
      const id = await testBed.pay();
      const at = testBed.clock.now();
      const about = { paymentId: id, merchantId: 'books', attemptId: null, currency: 'MMK', note: 'seen in the cabinet' };
      await testBed.store.insertDecision({
        ...about,
        id: newId('dec'),
        account: null,
        key: null,
        outcome: 'accepted',
        amount: 500_000,
        decidedBy: 'operator:anna',
        versionSeen: 1,
        decidedAt: at + 1,
        supersededBy: null,
        supersededAt: null,
      });
      await testBed.store.insertRefund({
        ...about,
        id: newId('ref'),
        amount: 700,
        how: 'by_hand',
        status: 'done',
        requestedBy: 'operator:ben',
        reference: 'T-1',
        requestedAt: at + 2,
        endedAt: at + 2,
      });
      await testBed.store.raiseFlag({
        id: newId('flg'),
        merchantId: 'books',
        paymentId: id,
        kind: 'overpaid',
        subject: id,
        reason: 'more came than was due',
        amount: null,
        currency: null,
        raisedAt: at + 3,
        closedAt: null,
        closedBy: null,
        note: null,
      });
      await testBed.store.insertApproval({
        id: newId('apr'),
        paymentId: id,
        merchantId: 'books',
        act: 'refund',
        body: '{}',
        amount: 700,
        currency: 'MMK',
        status: 'confirmed',
        requestedBy: 'operator:anna',
        note: 'n',
        requestedAt: at + 4,
        decidedBy: 'operator:ben',
        decidedAt: at + 5,
      });
      const { timeline, flags, approvals } = await read(id);
      assert.deepEqual(
        timeline.slice(1).map(({ title }) => title),
        [
          '5,000.00 MMK was accepted as enough by anna.',
          'Given back by hand: 7.00 MMK; it is done.',
          'More came than was due.',
          'anna requested to refund 7.00 MMK, which a second person has to confirm.',
          'ben confirmed the request to refund.',
        ],
      );
      assert.deepEqual(
        [flags.map(({ kind }) => kind), approvals.map(({ summary }) => summary)],
        [['overpaid'], ['Give back 7.00 MMK.']],
      );
    });

    it('is found by the reference too, and leaves a line', async () => {
      const id = await testBed.pay();
      testBed.clock.advance(1);
      const { payment } = await read(id);
      assert.equal((await read(payment.reference)).payment.id, id);
      assert.equal((await read(payment.reference.replaceAll('-', '').toLowerCase())).payment.id, id);
      const line = (await testBed.log()).at(-1);
      assert.deepEqual([line?.action, line?.target, line?.operator], ['read_payment', id, 'anna']);
    });

    it('does not exist for a wrong id, and for an operator of another merchant', async () => {
      const id = await testBed.pay();
      const { payment } = await read(id);
      for (const [path, key] of [
        ['pay_nobody', keys.anna],
        ['PD-0000-0000', keys.anna],
        ['x', keys.anna],
        [id, keys.stranger],
        [payment.reference, keys.stranger],
      ] as const) {
        const { status, body } = await testBed.get(`/operate/payments/${path}`, key);
        assert.deepEqual([status, body.code], [404, 'not_found'], path);
      }
    });
  });
}
