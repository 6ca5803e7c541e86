/** A code that is read again after its end, because a lost call may still arrive. A stub of PayCodes. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import type { PayCodePaymentDeps } from '../../../../server/methods/pay-code/account.ts';
import { PayCodeSettings } from '../../../../server/methods/pay-code/account.ts';
import { pollDiscount } from '../../../../server/methods/pay-code/discount.ts';
import { pollLateCode } from '../../../../server/methods/pay-code/poll-shown-code.ts';
import type { PendingAttempt, PendingDiscount } from '../../../../server/payments/model/ports.ts';
import { createSealer } from '../../../../server/payments/sealer.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';

const rule = { slug: 'demo-enter', kind: 'enter', currency: 'PLN', priceScale: 2 } as const;

/** What a read finds ten minutes after the end, where the code was used by `client`, and how many reports the operator gets. */
async function readLate(client: string | null, kind: 'attempt' | 'discount' = 'attempt') {
  const settings = PayCodeSettings.parse({ url: 'http://127.0.0.1:9', auth: { type: 'none' }, rules: [rule] });
  const clock = createFakeClock();
  const sealer = createSealer(randomBytes(32));
  const reports: string[] = [];
  const code = { id: 7, code: 'GOOD0001', ruleSlug: rule.slug, startTime: null, endTime: null, isActive: true };
  const payCodes = {
    getCode: async () => ({
      kind: 'found' as const,
      code: { ...code, useTime: new Date(), client },
      rule: { slug: rule.slug, isActive: true, price: 2500, config: {} },
      pattern: null,
    }),
    useCode: async () => assert.fail('an ended attempt uses no code'),
    generateCode: async () => assert.fail('reading makes no code'),
    generateCodeList: async () => assert.fail('reading makes no code'),
    close: async () => undefined,
  };
  const account = { client: payCodes, settings };
  const observer = {
    upstreamCall() {},
    attempt() {},
    webhook() {},
    failure: (_where: string, cause: unknown) => void reports.push(String(cause)),
  };
  const deps = { account: () => account, sealer, clock, observer };
  const ended = { id: 'att_1', sealed: sealer.seal('GOOD0001', 'att_1'), endedAt: clock.now() - 600_000, problem: null };
  const payment = { id: 'pay_1', amount: 2500, discount: 0 };
  const intents = [{ operation: 'use_code', notes: { rule: rule.slug } }];
  const discount = { ...ended, status: 'dropped', rule: rule.slug };
  const result =
    kind === 'attempt'
      ? await pollLateCode(deps, account, { payment, attempt: ended, intents } as unknown as PendingAttempt)
      : await pollDiscount(deps as unknown as PayCodePaymentDeps, { payment, discount, intents } as unknown as PendingDiscount);
  return { kind: result?.kind, reports: reports.length };
}

describe('a code that reads as used after the end of its attempt', () => {
  it('has paid where it was used with our client id', async () => {
    assert.deepEqual(await readLate('pw:att_1'), { kind: 'paid', reports: 0 });
  });

  it('pays nothing where somebody else used it', async () => {
    assert.deepEqual(await readLate('pw:att_2'), { kind: 'over', reports: 0 });
  });

  it('is reported to the operator where PayCodes does not say who used it: it may have been our lost call', async () => {
    assert.deepEqual(await readLate(null), { kind: 'over', reports: 1 });
    assert.deepEqual(await readLate(null, 'discount'), { kind: 'over', reports: 1 });
  });

  it('is reported where it was a discount code, which pays nothing any more', async () => {
    assert.deepEqual(await readLate('pw:att_1', 'discount'), { kind: 'over', reports: 1 });
  });
});
