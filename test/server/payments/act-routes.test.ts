/** What the merchant's server decides over HTTP: scopes, versions, bad input, idempotency, and a second person. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { CreatedPayment, Payment, ProblemDetails } from '../../../server/contract/index.ts';
import type { DecidedPayment } from '../../../server/contract/operate.ts';
import { hashKey } from '../../../server/payments/model/access-keys.ts';
import { newAttemptId, newId } from '../../../server/payments/model/ids.ts';
import { createRunningServer } from '../../support/running-server.ts';
import { silentPayCode, testMerchant } from '../../support/test-server.ts';

const keys = { all: 'sk_test_all_scopes', plain: 'sk_test_plain', other: 'sk_test_other' };

describe('the acts of a merchant’s server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-acts-'));
  let running: Awaited<ReturnType<typeof createRunningServer>>;

  before(async () => {
    const scopes: ('payments' | 'refunds' | 'resolve')[] = ['payments', 'refunds', 'resolve'];
    running = await createRunningServer(`sqlite:${join(folder, 'pay-desk.db')}`, {
      merchants: [
        testMerchant('shop', keys.plain, {
          apiKeys: [hashKey(keys.plain), { name: 'back office', hash: hashKey(keys.all), scopes }],
          fourEyesAbove: { PLN: 10_000 },
          methods: { payCode: silentPayCode },
        }),
        testMerchant('other', keys.other, {
          apiKeys: [{ name: 'back office', hash: hashKey(keys.other), scopes }],
          methods: { payCode: silentPayCode },
        }),
      ],
    });
  });
  after(async () => {
    await running.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const post = async <T>(path: string, body: unknown, key = keys.all, headers: Record<string, string> = {}) => {
    const response = await fetch(running.server.address + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as T };
  };

  /** A payment that waits for a person, with the attempt in doubt. */
  const inReview = async (amount = 2_500): Promise<{ id: string; attemptId: string; version: number }> => {
    const wanted = { amount, currency: 'PLN', orderId: newId('pay'), label: 'reader' };
    const made = await post<CreatedPayment>('/v1/payments', wanted, keys.all, { 'idempotency-key': wanted.orderId });
    const { store } = running.server;
    const { id } = made.body.payment;
    const attemptId = newAttemptId('pay_other');
    const now = Date.now();
    await store.insertAttempt({
      id: attemptId,
      paymentId: id,
      method: 'pay_code',
      status: 'needs_review',
      sealed: null,
      lastCharacters: '0001',
      action: null,
      submittedReference: null,
      waiting: null,
      problem: null,
      startedAt: now,
      endedAt: now,
      unknownSince: now,
      checks: 3,
      nextCheckAt: null,
      leaseUntil: 0,
    });
    const payment = (await store.payment(id)) ?? assert.fail();
    await store.updatePayment({ ...payment, status: 'needs_review', attemptId, version: payment.version + 1 });
    return { id, attemptId, version: payment.version + 1 };
  };
  const paid = ({ attemptId, version }: { attemptId: string; version: number }, own: object = {}) => ({
    outcome: 'paid',
    attemptId,
    amount: 2_500,
    currency: 'PLN',
    note: 'seen at PayCodes',
    version,
    ...own,
  });

  it('decide with the scope for it, once per Idempotency-Key', async () => {
    const review = await inReview();
    const refused = await post<ProblemDetails>(`/v1/payments/${review.id}/resolve`, paid(review), keys.plain);
    assert.deepEqual([refused.status, refused.body.code], [403, 'forbidden']);
    const first = await post<DecidedPayment>(`/v1/payments/${review.id}/resolve`, paid(review), keys.all, {
      'idempotency-key': 'one-decision',
    });
    assert.deepEqual([first.status, first.body.status, first.body.decidedBy], [200, 'succeeded', 'merchant:shop']);
    const again = await post<DecidedPayment>(`/v1/payments/${review.id}/resolve`, paid(review), keys.all, {
      'idempotency-key': 'one-decision',
    });
    assert.deepEqual([again.status, again.body.decisions.length], [200, 1]);
    const fresh = await post<ProblemDetails>(`/v1/payments/${review.id}/resolve`, paid(review));
    assert.deepEqual([fresh.status, fresh.body.code, fresh.body.field], [409, 'version_conflict', 'version']);
    assert.match(fresh.body.detail ?? '', /succeeded now/);
  });

  it('see no payment of another merchant', async () => {
    const review = await inReview();
    const answer = await post<ProblemDetails>(`/v1/payments/${review.id}/resolve`, paid(review), keys.other);
    assert.deepEqual([answer.status, answer.body.code], [404, 'not_found']);
  });

  it('read which field is wrong', async () => {
    const review = await inReview();
    const wrong: [object, string | undefined][] = [
      [{ currency: 'EUR' }, 'currency'],
      [{ amount: 0 }, 'amount'],
      [{ note: '' }, 'note'],
      [{ outcome: 'maybe' }, 'outcome'],
      [{ amount: 12.5 }, 'amount'],
      [{ attemptId: 'att_of_somebody_else' }, 'attemptId'],
    ];
    for (const [own, field] of wrong) {
      const answer = await post<ProblemDetails>(`/v1/payments/${review.id}/resolve`, paid(review, own));
      assert.deepEqual([answer.status, answer.body.field], [422, field], JSON.stringify(own));
    }
    const payment = (await running.server.store.payment(review.id)) ?? assert.fail();
    assert.equal(payment.status, 'needs_review');
  });

  it('only request what is above the threshold', async () => {
    const review = await inReview(20_000);
    const answer = await post<DecidedPayment>(`/v1/payments/${review.id}/resolve`, paid(review, { amount: 20_000 }));
    assert.deepEqual([answer.status, answer.body.status], [202, 'needs_review']);
    assert.deepEqual([answer.body.approval?.act, answer.body.approval?.status], ['resolve', 'pending']);
  });

  it('say what was done, although something else still waits for a second person', async () => {
    const review = await inReview(20_000);
    const path = `/v1/payments/${review.id}/resolve`;
    const large = await post<DecidedPayment>(path, paid(review, { amount: 20_000 }));
    assert.equal(large.status, 202);
    const small = await post<DecidedPayment>(path, paid({ ...review, version: large.body.version }, { amount: 5_000 }));
    assert.deepEqual([small.status, small.body.status, small.body.approval], [200, 'underpaid', undefined]);
  });

  it('accept, reopen, return by hand and ask again', async () => {
    const review = await inReview();
    const path = `/v1/payments/${review.id}`;
    const short = await post<Payment>(`${path}/resolve`, paid(review, { amount: 1_000 }));
    assert.equal(short.body.status, 'underpaid');
    const accepted = await post<Payment>(`${path}/accept`, { note: 'good enough', version: short.body.version });
    assert.deepEqual([accepted.body.status, accepted.body.acceptedAmount], ['succeeded', 1_000]);
    const reopened = await post<Payment>(`${path}/reopen`, { note: 'not good enough', version: accepted.body.version });
    assert.equal(reopened.body.status, 'needs_review');
    const asked = await post<Payment>(`${path}/recheck`, {});
    assert.deepEqual([asked.status, asked.body.status], [200, 'needs_review']);
    const nothing = { byHand: { amount: 100, currency: 'PLN', note: 'sent back' }, version: asked.body.version };
    const tooMuch = await post<ProblemDetails>(`${path}/refund`, nothing);
    assert.deepEqual([tooMuch.status, tooMuch.body.code], [409, 'decision_refused']);
  });
});
