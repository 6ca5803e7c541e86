/** Settling an attempt from two places at once: no outcome may undo another, and none is stored without evidence. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PaymentUpdate } from '../../../server/payments/attempts/update-payment.ts';
import type { NewIntent, Outcome } from '../../../server/payments/model/ports.ts';
import { openDatabase } from '../../../server/storage/database.ts';
import { openAuditTrail } from '../../support/audit-trail.ts';
import { usualEngines } from '../../support/engines.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../support/pay-code-test-bed.ts';
import { withTestBed } from '../../support/with-test-bed.ts';

const refused: Outcome = { kind: 'declined', decline: { code: 'provider_unavailable' } };
const money = (upstreamId: string, own = {}): Outcome => ({
  kind: 'paid',
  evidence: { upstream: 'paycodes:x', upstreamId, amount: 2500, currency: 'PLN', ...own },
});
const call: NewIntent = {
  kind: 'preparation',
  operation: 'use_code',
  upstream: 'paycodes',
  naturalKey: 'pw:x',
  notes: { rule: 'demo-enter' },
};

it('a patch or a webhook without an audit event, which would be lost with it, does not compile', () => {
  const updates: PaymentUpdate<null>[] = [
    { result: null },
    { result: null, audit: { type: 'changed' }, patch: { status: 'open' }, webhook: 'payment.updated' },
    // @ts-expect-error the patch would be lost
    { result: null, patch: { status: 'open' } },
    // @ts-expect-error the webhook would be lost
    { result: null, webhook: 'payment.updated' },
  ];
  assert.equal(updates.length, 4);
});

for (const engine of usualEngines) {
  describe(`an attempt (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: PayCodeTestBed;
    let databaseUrl: string;
    withTestBed(
      engine,
      (url) => createPayCodeTestBed({ databaseUrl: url }),
      (opened, url) => {
        testBed = opened;
        databaseUrl = url;
      },
    );

    const begun = async () => {
      const id = await testBed.pay();
      const attempt = await testBed.payments.beginImmediate(id, {
        method: 'pay_code',
        lastCharacters: null,
        seal: () => 'sealed',
      });
      return { id, attempt };
    };
    const stands = async (id: string, attemptId: string) => [
      (await testBed.store.payment(id))?.status,
      (await testBed.store.attempt(attemptId))?.status,
    ];

    it('that has ended is not reopened by a stale read that is written afterwards', async () => {
      for (let round = 0; round < 30; round += 1) {
        const { id, attempt } = await begun();
        await testBed.payments.settleAttempt(id, attempt.id, { kind: 'unknown' }, 0);
        await Promise.all([
          testBed.payments.settleAttempt(id, attempt.id, refused, 0),
          testBed.payments.settleAttempt(id, attempt.id, { kind: 'unknown' }, 0),
        ]);
        assert.deepEqual(await stands(id, attempt.id), ['open', 'declined']);
        assert.equal((await testBed.store.attempt(attempt.id))?.sealed, null, 'its code is kept though nothing needs it');
      }
    });

    it('is not settled as unpaid by a process that does not know of the newest call', async () => {
      const { id, attempt } = await begun();
      await testBed.payments.recordIntent(id, attempt.id, call);
      await testBed.payments.settleAttempt(id, attempt.id, refused, 0);
      assert.deepEqual(await stands(id, attempt.id), ['processing', 'processing']);
      await testBed.payments.settleAttempt(id, attempt.id, refused, 1);
      assert.deepEqual(await stands(id, attempt.id), ['open', 'declined']);
    });

    it('is not polled again after its end because of "not paid" from a process that does not know of all calls', async () => {
      const { id, attempt } = await begun();
      await testBed.payments.recordIntent(id, attempt.id, call);
      const notFound = { kind: 'correction_requested', decline: { code: 'transfer_not_found' } } as const;
      await testBed.payments.settleAttempt(id, attempt.id, { ...notFound, unconfirmed: true }, 1);
      const before = await testBed.store.attempt(attempt.id);
      await testBed.payments.settleAttempt(id, attempt.id, { ...notFound, unconfirmed: false }, 0);
      assert.deepEqual(await testBed.store.attempt(attempt.id), before);
    });

    it('is paid once by the same money, however often and by whichever process it is reported', async () => {
      const { id, attempt } = await begun();
      const paid = money('once');
      await Promise.all([1, 2, 3].map(() => testBed.payments.settleAttempt(id, attempt.id, paid, 1)));
      const { version, amountPaid, status } = await testBed.payments.view(id);
      assert.deepEqual([status, amountPaid], ['succeeded', 2500]);
      await testBed.payments.settleAttempt(id, attempt.id, paid, 1);
      const after = await testBed.payments.view(id);
      assert.deepEqual([after.version, after.amountPaid], [version, 2500]);
    });

    it('is not paid by money that has paid another payment, and goes to a person', async () => {
      const [one, other] = [await begun(), await begun()];
      await testBed.payments.settleAttempt(one.id, one.attempt.id, money('twice'), 1);
      await testBed.payments.settleAttempt(other.id, other.attempt.id, money('twice'), 1);
      assert.deepEqual(await stands(other.id, other.attempt.id), ['needs_review', 'needs_review']);
      assert.equal((await testBed.payments.view(other.id)).amountPaid, 0);
    });

    it('is not paid by money of another currency', async () => {
      const { id, attempt } = await begun();
      await testBed.payments.settleAttempt(id, attempt.id, money('kyat', { currency: 'MMK' }), 1);
      assert.deepEqual(await stands(id, attempt.id), ['needs_review', 'needs_review']);
    });

    it('that was settled as unpaid and turns out paid is counted, as late where its payment is over', async () => {
      const { id, attempt } = await begun();
      await testBed.payments.settleAttempt(id, attempt.id, refused, 0);
      await testBed.payments.cancel(id);
      await testBed.payments.settleAttempt(id, attempt.id, money('late'), 1);
      const { status, paidLate, amountPaid, problem } = await testBed.payments.view(id);
      assert.deepEqual(
        { status, paidLate, amountPaid, problem },
        { status: 'succeeded', paidLate: true, amountPaid: 2500, problem: null },
      );
    });

    it('has an audit event for each change, in the order of the changes', async () => {
      const { id, attempt } = await begun();
      testBed.clock.advance(1);
      await testBed.payments.settleAttempt(id, attempt.id, money('audited'), 1);
      const { db } = openDatabase(databaseUrl);
      const trace = await db.selectFrom('audit').select(['type', 'data']).where('payment_id', '=', id).orderBy('at').execute();
      await db.destroy();
      assert.deepEqual(trace.map(({ type }) => type).sort(), ['attempt.begun', 'evidence.taken', 'payment.created']);
      const { from, to, amount } = JSON.parse(trace.at(-1)?.data ?? '{}');
      assert.deepEqual([from, to, amount], ['processing', 'succeeded', 2500]);
    });

    it('that looked up a discount has an audit event when its payment expired, got a second discount, or was paid meanwhile', async () => {
      const trail = openAuditTrail(databaseUrl);
      const discount: Outcome = { kind: 'discount_reserved', deduction: 500, rule: 'demo-discount' };
      const ends = async (status: string, between: (id: string) => Promise<unknown>) => {
        const id = await testBed.pay({ expiresIn: 60 });
        await between(id);
        const { status: is } = await testBed.payments.view(id);
        assert.equal(is, status);
        await trail.assertWhole(id);
      };
      const begin = (id: string) =>
        testBed.payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null, seal: () => 'sealed' });
      await ends('expired', async (id) => {
        const attempt = await begin(id);
        testBed.clock.advance(61_000);
        await testBed.payments.settleAttempt(id, attempt.id, discount, 0);
      });
      await ends('open', async (id) => {
        for (let time = 0; time < 2; time += 1) await testBed.payments.settleAttempt(id, (await begin(id)).id, discount, 0);
      });
      await ends('succeeded', async (id) => {
        const earlier = await begin(id);
        await testBed.payments.settleAttempt(id, earlier.id, refused, 0);
        const attempt = await begin(id);
        await testBed.payments.settleAttempt(id, earlier.id, money(`late ${id}`), 1);
        await testBed.payments.settleAttempt(id, attempt.id, discount, 0);
      });
      await trail.close();
    });

    it('that showed nothing to correct it by is declined, and the customer chooses again', async () => {
      const { id, attempt } = await begun();
      const correction = { kind: 'correction_requested', decline: { code: 'code_invalid' }, unconfirmed: false } as const;
      await testBed.payments.settleAttempt(id, attempt.id, correction, 0);
      assert.deepEqual(await stands(id, attempt.id), ['open', 'declined']);
      assert.equal((await testBed.store.attempts(id)).length, 1);
    });

    it('that is over does not send the next attempt to review', async () => {
      const { id, attempt } = await begun();
      await testBed.payments.settleAttempt(id, attempt.id, refused, 0);
      const next = await testBed.payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null });
      const row = await testBed.store.attempt(attempt.id);
      assert.ok(row);
      await testBed.store.updateAttempt({ ...row, status: 'processing', endedAt: null, nextCheckAt: 0 });
      await testBed.payments.settleAttempt(id, attempt.id, { kind: 'needs_review', why: 'test' }, 0);
      assert.deepEqual(await stands(id, next.id), ['processing', 'processing']);
    });
  });
}
