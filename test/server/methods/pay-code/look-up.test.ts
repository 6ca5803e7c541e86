/** Looking a code up under several rules takes no longer than one call may: the lease of the attempt relies on it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PayCodeSettings } from '../../../../server/methods/pay-code/account.ts';
import { lookUp } from '../../../../server/methods/pay-code/redeem.ts';
import { createSealer } from '../../../../server/payments/sealer.ts';

test('the look-up under several rules has one deadline for all', async () => {
  const rules = [1, 2, 3, 4, 5].map((n) => ({ slug: `r${n}`, kind: 'enter', currency: 'PLN', priceScale: 2 }));
  const settings = PayCodeSettings.parse({
    url: 'http://127.0.0.1:9',
    auth: { type: 'bearer', key: 'k' },
    timeoutMs: 100,
    rules,
  });
  const signals = new Set<AbortSignal | undefined>();
  const client = {
    getCode: async (_asked: object, signal?: AbortSignal) => {
      signals.add(signal);
      return { kind: 'refused', code: 1003 } as const;
    },
    useCode: async () => assert.fail('looking up spends nothing'),
    generateCode: async () => assert.fail('looking up makes no code'),
    generateCodeList: async () => assert.fail('looking up makes no code'),
    close: async () => undefined,
  };
  const observer = { upstreamCall() {}, attempt() {}, webhook() {}, failure() {} };
  const sealer = createSealer(Buffer.alloc(32, 9));
  const candidates = settings.rules.map((rule) => ({ rule, code: 'GOOD0001' }));
  const account = { client, settings };
  const looked = await lookUp({ account: () => account, sealer, clock: Date, observer }, account, candidates, {
    due: 2500,
    policy: 'exact',
    acceptExcess: false,
  });
  assert.deepEqual(looked, { ...looked, decline: { code: 'code_invalid', field: 'code' } });
  const [signal, ...others] = signals;
  assert.ok(signal && others.length === 0, 'each rule had a time of its own');
});
