/**
 * A discount code where it is not known who used it, or whether a lost call still will: only a proven use reduces what is due.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { UpstreamError } from '../../../../server/clients/http.ts';
import { redeemDiscount } from '../../../../server/methods/pay-code/discount.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { allRules } from './all-rules.ts';

const amount = 2777;

describe('an ambiguous discount code', () => {
  let named: PayCodeTestBed;
  let unnamed: PayCodeTestBed;
  before(async () => {
    named = await createPayCodeTestBed({ settings: { rules: allRules } });
    unnamed = await createPayCodeTestBed({ settings: { rules: allRules, clientRecovery: false } });
    const { client } = unnamed.parts.account('books') ?? assert.fail();
    const { getCode } = client;
    // A PayCodes that does not return who used a code.
    client.getCode = async (...request) => {
      const answer = await getCode(...request);
      return answer.kind === 'found' ? { ...answer, code: { ...answer.code, client: null } } : answer;
    };
  });
  after(async () => {
    assert.deepEqual(named.failures, []);
    await named.close();
    await unnamed.close();
  });
  const stands = async (testBed: PayCodeTestBed, id: string) => {
    const { status, due, discountCode, problem } = await testBed.payments.view(id);
    return [status, due, discountCode?.removable ?? null, problem?.code ?? null];
  };
  const spoil = (testBed: PayCodeTestBed, when: 'before' | 'after', code: string) =>
    testBed.control('faults', { op: 'use_code', when, kind: 'reset', code });
  const unsent = (testBed: PayCodeTestBed) => {
    const account = testBed.parts.account('books') ?? assert.fail();
    const useCode = async () => {
      throw new UpstreamError('not_sent', { upstream: 'paycodes', method: 'use_code' });
    };
    return { ...testBed.parts, account: () => ({ ...account, client: { ...account.client, useCode } }) };
  };

  it('whose first call was lost and whose second was not sent cannot be removed: the first may still arrive', async () => {
    const id = await named.pay({ amount });
    await named.submit(id, 'DISC0001');
    await spoil(named, 'before', 'DISC0001');
    await named.submit(id, 'GOOD0001');
    named.clock.advance(20_000);
    assert.equal((await redeemDiscount(unsent(named), id)).kind, 'declined');
    assert.equal((await stands(named, id))[2], false);
    for (let passed = 0; passed < 20; passed += 1) await named.later(31_000);
    assert.equal((await stands(named, id))[2], false);
  });

  it('whose call was not sent is reserved again at once', async () => {
    const id = await named.pay({ amount });
    await named.submit(id, 'DISC0002');
    assert.equal((await redeemDiscount(unsent(named), id)).kind, 'declined');
    assert.equal((await stands(named, id))[2], true);
  });

  it('whose user PayCodes does not name is dropped: the whole amount is due again, and the operator gets one report', async () => {
    const id = await unnamed.pay({ amount });
    await unnamed.submit(id, 'DISC0003');
    await spoil(unnamed, 'after', 'DISC0003');
    await unnamed.submit(id, 'GOOD0003');
    assert.deepEqual(await stands(unnamed, id), ['open', 2500, false, 'provider_unavailable']);
    for (let passed = 0; passed < 4; passed += 1) await unnamed.later(31_000);
    assert.deepEqual(await stands(unnamed, id), ['open', amount, null, 'discount_lost']);
    assert.equal(unnamed.uses('GOOD0003'), 0);
    assert.match(
      JSON.stringify(unnamed.failures.map((failure) => String((failure as { cause: unknown }).cause))),
      new RegExp(id),
    );
    assert.equal(unnamed.failures.length, 1);
  });

  it('that our answered call did not use was used by somebody else, and nothing is reported', async () => {
    const before = unnamed.failures.length;
    const id = await unnamed.pay({ amount });
    await unnamed.submit(id, 'DISCRACE');
    await unnamed.submit(id, 'GOOD0004');
    assert.deepEqual(await stands(unnamed, id), ['open', amount, null, 'discount_lost']);
    assert.equal(unnamed.failures.length, before);
  });
});
