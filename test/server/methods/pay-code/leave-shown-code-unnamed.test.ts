/** A shown code that is left, where PayCodes does not return who used it: neither paid nor unpaid may be assumed. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { UpstreamError } from '../../../../server/clients/http.ts';
import { PayCodeSettings } from '../../../../server/methods/pay-code/account.ts';
import { invalidateShownCode } from '../../../../server/methods/pay-code/reconcile.ts';
import type { PendingAttempt } from '../../../../server/payments/model/ports.ts';
import { createSealer } from '../../../../server/payments/sealer.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { reversedRule as rule } from './reversed-rule.ts';

/** Leaves a code that `client` has used by now. `sent` earlier calls of ours had no answer, and this one gets `answer`. */
async function left(client: string | null, sent: number, answer: boolean | 'lost', own: Partial<PayCodeSettings> = {}) {
  const settings = PayCodeSettings.parse({ url: 'http://127.0.0.1:9', auth: { type: 'none' }, rules: [rule], ...own });
  const clock = createFakeClock();
  const sealer = createSealer(randomBytes(32));
  const calls: string[] = [];
  const code = { id: 7, code: 'AB12CD', ruleSlug: rule.slug, startTime: null, endTime: null, isActive: true };
  const payCodes = {
    getCode: async () => ({
      kind: 'found' as const,
      code: { ...code, useTime: new Date(), client },
      rule: { slug: rule.slug, isActive: true, price: 2500, config: {} },
      pattern: null,
    }),
    useCode: async () => {
      calls.push('use_code');
      if (answer === 'lost') throw new UpstreamError('lost', { upstream: 'paycodes', method: 'use_code' });
      return { kind: 'status' as const, used: answer };
    },
    generateCode: async () => assert.fail('leaving makes no code'),
    generateCodeList: async () => assert.fail('leaving makes no code'),
    close: async () => undefined,
  };
  const observer = { upstreamCall() {}, attempt() {}, webhook() {}, failure() {} };
  const unsettled = {
    payment: { id: 'pay_1', amount: 2500, discount: 0 },
    attempt: { id: 'att_1', sealed: sealer.seal('AB12CD', 'att_1') },
    intents: Array.from({ length: sent }, () => ({ operation: 'use_code', createdAt: clock.now() - 5_000 })),
    recordIntent: async () => void calls.push('intent'),
  } as unknown as PendingAttempt;
  const account = { client: payCodes, settings };
  const outcome = await invalidateShownCode({ account: () => account, sealer, clock, observer }, account, rule, unsettled);
  return { kind: outcome.kind, calls };
}

describe('a shown code that is left', () => {
  it('is left when our own call used it, and paid when an SMS did', async () => {
    assert.deepEqual(await left('pw-fence:att_1', 1, true), { kind: 'abandoned', calls: [] });
    assert.deepEqual(await left('sms:sandbox', 1, true), { kind: 'paid', calls: [] });
    assert.deepEqual(await left('sms:sandbox', 0, false), { kind: 'paid', calls: ['intent', 'use_code'] });
  });

  it('stays unknown when the call had no answer', async () => {
    assert.deepEqual(await left(null, 0, 'lost'), { kind: 'unknown', calls: ['intent', 'use_code'] });
  });

  it('goes to a person when PayCodes does not say who used it, and it may have been our own call', async () => {
    assert.deepEqual(await left(null, 1, true), { kind: 'needs_review', calls: [] });
    assert.deepEqual(await left('anybody', 1, true, { clientRecovery: false }), { kind: 'needs_review', calls: [] });
  });

  it('was used by an SMS when the one call that we made did not use it', async () => {
    assert.deepEqual(await left(null, 0, false), { kind: 'paid', calls: ['intent', 'use_code'] });
  });
});
