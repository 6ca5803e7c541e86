/** Reconciling while the first call may still be on its way: only proof may have the attempt settled as not paid. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { UpstreamError } from '../../../../server/clients/http.ts';
import type { GetCodeAnswer, UseCodeAnswer } from '../../../../server/clients/paycodes/answers.ts';
import type { PayCodeDeps } from '../../../../server/methods/pay-code/account.ts';
import { PayCodeSettings } from '../../../../server/methods/pay-code/account.ts';
import { reconcilePayCode } from '../../../../server/methods/pay-code/reconcile.ts';
import type { PendingAttempt } from '../../../../server/payments/model/ports.ts';
import { createSealer } from '../../../../server/payments/sealer.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';

const rule = { slug: 'demo-enter', kind: 'enter', currency: 'PLN', priceScale: 2 } as const;
const settings = PayCodeSettings.parse({ url: 'http://127.0.0.1:9', auth: { type: 'bearer', key: 'k' }, rules: [rule] });

const found = (code: Partial<Extract<GetCodeAnswer, { kind: 'found' }>['code']> = {}): GetCodeAnswer => ({
  kind: 'found',
  code: {
    id: 7,
    code: 'GOOD0001',
    ruleSlug: rule.slug,
    useTime: null,
    client: null,
    startTime: null,
    endTime: null,
    isActive: true,
    ...code,
  },
  rule: { slug: rule.slug, isActive: true, price: 2500, config: {} },
  pattern: null,
});

/** Reconciles an attempt whose last call was made `ago` milliseconds ago, where PayCodes answers like this. */
async function reconciled(
  ago: number,
  {
    reads,
    use,
    settings: own = settings,
    over = false,
  }: {
    reads: GetCodeAnswer[];
    use?: UseCodeAnswer | UpstreamError;
    settings?: PayCodeSettings;
    /** The payment has expired. */
    over?: boolean;
  },
) {
  const clock = createFakeClock();
  const sealer = createSealer(randomBytes(32));
  const calls: string[] = [];
  const client = {
    getCode: async () => reads[Math.min(calls.push('get_code') - 1, reads.length - 1)] ?? found(),
    useCode: async () => {
      calls.push('use_code');
      if (!use || use instanceof UpstreamError) throw use ?? new Error('it must not be used');
      return use;
    },
    generateCode: async () => assert.fail('reconciling makes no code'),
    generateCodeList: async () => assert.fail('reconciling makes no code'),
    close: async () => undefined,
  };
  const observer = { upstreamCall() {}, attempt() {}, webhook() {}, failure() {} };
  const parts: PayCodeDeps = { account: () => null, sealer, clock, observer };
  const pending = {
    payment: {
      id: 'pay_1',
      status: 'processing',
      attemptId: 'att_1',
      amount: 2500,
      discount: 0,
      expiresAt: clock.now() + (over ? 0 : 3_600_000),
    },
    attempt: { id: 'att_1', sealed: sealer.seal('GOOD0001', 'att_1') },
    intents: [{ operation: 'use_code', notes: { rule: rule.slug }, createdAt: clock.now() - ago }],
    recordIntent: async () => void calls.push('intent'),
  } as unknown as PendingAttempt;
  return { outcome: await reconcilePayCode(parts, { client, settings: own }, pending), calls };
}

const answeredWithError: UseCodeAnswer = { kind: 'refused', code: 1007 };

describe('an attempt whose answer was lost', () => {
  it('is paid when the code was used with its client id', async () => {
    const { outcome } = await reconciled(2_000, { reads: [found({ useTime: new Date(), client: 'pw:att_1' })] });
    assert.equal(outcome.kind, 'paid');
  });

  it('is declined when the code was used with another client id', async () => {
    const { outcome } = await reconciled(2_000, { reads: [found({ useTime: new Date(), client: 'pw:att_2' })] });
    assert.deepEqual(outcome, { kind: 'declined', decline: { code: 'code_used', field: 'code' } });
  });

  it('goes to a person when PayCodes does not return who used the code', async () => {
    const { outcome } = await reconciled(2_000, { reads: [found({ useTime: new Date() })] });
    assert.equal(outcome.kind, 'needs_review');
  });

  it('uses an unused code once more, after recording the intent', async () => {
    const { outcome, calls } = await reconciled(2_000, { reads: [found()], use: { kind: 'status', used: true } });
    assert.equal(outcome.kind, 'paid');
    assert.deepEqual(calls, ['get_code', 'intent', 'use_code']);
  });

  for (const [words, use] of [
    ['is answered with an error', answeredWithError],
    ['is answered with false', { kind: 'status', used: false }],
    ['never left', new UpstreamError('not_sent', { upstream: 'paycodes', method: 'use_code' })],
  ] as const) {
    it(`stays unknown when that second call ${words} while the first may still arrive`, async () => {
      assert.equal((await reconciled(2_000, { reads: [found()], use })).outcome.kind, 'unknown');
    });
    it(`stays unknown when that second call ${words}, however long ago the first was, which may wait in a queue`, async () => {
      assert.equal((await reconciled(3 * 3_600_000, { reads: [found()], use })).outcome.kind, 'unknown');
    });
  }

  it('is not tried again once the payment has expired: it ends as not paid, and is read again later', async () => {
    assert.deepEqual(await reconciled(2_000, { reads: [found()], over: true }), {
      outcome: { kind: 'unknown' },
      calls: ['get_code'],
    });
    const { outcome, calls } = await reconciled(61_000, { reads: [found()], over: true });
    assert.deepEqual(outcome, { kind: 'declined', decline: { code: 'provider_unavailable' }, mayArrive: true });
    assert.deepEqual(calls, ['get_code']);
  });

  it('is neither tried again nor given up where the price of the code has changed', async () => {
    const dear = found();
    if (dear.kind === 'found') dear.rule.price = 5000;
    assert.deepEqual(await reconciled(61_000, { reads: [dear] }), { outcome: { kind: 'unknown' }, calls: ['get_code'] });
  });

  it('is not called expired while the first call may still arrive', async () => {
    const reads = [found({ endTime: new Date(0) })];
    assert.equal((await reconciled(2_000, { reads })).outcome.kind, 'unknown');
    assert.deepEqual((await reconciled(61_000, { reads })).outcome, {
      kind: 'declined',
      decline: { code: 'code_expired', field: 'code', at: new Date(0).toISOString() },
      mayArrive: true,
    });
  });

  it('stays unknown while PayCodes cannot be read', async () => {
    assert.equal((await reconciled(61_000, { reads: [{ kind: 'status_only', status: true }] })).outcome.kind, 'unknown');
  });

  it('goes to a person where PayCodes does not return names (clientRecovery: false)', async () => {
    const { outcome, calls } = await reconciled(2_000, { reads: [], settings: { ...settings, clientRecovery: false } });
    assert.equal(outcome.kind, 'needs_review');
    assert.deepEqual(calls, []);
  });
});
