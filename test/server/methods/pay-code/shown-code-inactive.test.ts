/** A shown code that cannot be used now and may be later: that is no proof that no SMS will pay with it. A stub of PayCodes. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { PayCodeSettings } from '../../../../server/methods/pay-code/account.ts';
import { pollShownCode } from '../../../../server/methods/pay-code/poll-shown-code.ts';
import { invalidateShownCode } from '../../../../server/methods/pay-code/reconcile.ts';
import type { PendingAttempt } from '../../../../server/payments/model/ports.ts';
import { createSealer } from '../../../../server/payments/sealer.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { reversedRule as rule } from './reversed-rule.ts';

/**
 * What becomes of a shown code that PayCodes describes like this, when it is polled and when the customer leaves it. Our use of
 * it is refused.
 */
async function shown(own: { isActive?: boolean; startTime?: Date; endTime?: Date }, ruleActive = true) {
  const settings = PayCodeSettings.parse({ url: 'http://127.0.0.1:9', auth: { type: 'none' }, rules: [rule] });
  const clock = createFakeClock();
  const sealer = createSealer(randomBytes(32));
  const code = { id: 7, code: 'AB12CD', ruleSlug: rule.slug, useTime: null, client: null, startTime: null, endTime: null };
  const client = {
    getCode: async () => ({
      kind: 'found' as const,
      code: { ...code, isActive: true, ...own },
      rule: { slug: rule.slug, isActive: ruleActive, price: 2500, config: {} },
      pattern: null,
    }),
    useCode: async () => ({ kind: 'status' as const, used: false }),
    generateCode: async () => assert.fail('nothing is made'),
    generateCodeList: async () => assert.fail('nothing is made'),
    close: async () => undefined,
  };
  const observer = { upstreamCall() {}, attempt() {}, webhook() {}, failure() {} };
  const unsettled = {
    payment: { id: 'pay_1', amount: 2500, discount: 0 },
    attempt: { id: 'att_1', sealed: sealer.seal('AB12CD', 'att_1'), startedAt: clock.now() },
    intents: [{ operation: 'generate_code', notes: { rule: rule.slug } }],
    recordIntent: async () => undefined,
  } as unknown as PendingAttempt;
  const account = { client, settings };
  const parts = { account: () => account, sealer, clock, observer };
  const polled = await pollShownCode(parts, account, unsettled);
  const left = await invalidateShownCode(parts, account, rule, unsettled);
  return { polled: polled.kind, left: left.kind };
}

const later = new Date(Date.now() + 3_600_000);
const earlier = new Date(Date.now() - 3_600_000);

describe('a shown code that is refused and unused', () => {
  it('is over once it has expired', async () => {
    assert.deepEqual(await shown({ endTime: earlier }), { polled: 'over', left: 'abandoned' });
  });

  it('is not over where it is not valid yet, as by a clock in another time zone', async () => {
    assert.deepEqual(await shown({ startTime: later }), { polled: 'again', left: 'unknown' });
  });

  it('is not over where it or its rule is switched off: both can be switched on again', async () => {
    assert.deepEqual(await shown({ isActive: false }), { polled: 'again', left: 'unknown' });
    assert.deepEqual(await shown({}, false), { polled: 'again', left: 'unknown' });
  });
});
