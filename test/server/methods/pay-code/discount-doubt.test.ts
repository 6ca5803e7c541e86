/** A discount code of which it is in doubt by whom it was used, or whether it still will be: nothing is taken off that is not proven. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { UpstreamError } from '../../../../server/clients/upstream-error.ts';
import { redeemDiscount } from '../../../../server/methods/pay-code/discount.ts';
import { createWorld, type World } from '../../../support/world.ts';
import { allRules } from './all-rules.ts';

const amount = 2777;

describe('a discount code in doubt', () => {
  let told: World;
  let untold: World;
  before(async () => {
    told = await createWorld({ settings: { rules: allRules } });
    untold = await createWorld({ settings: { rules: allRules, clientRecovery: false } });
    const { client } = untold.parts.account('books') ?? assert.fail();
    const { getCode } = client;
    // A PayCodes that keeps to itself who has used a code.
    client.getCode = async (...asked) => {
      const answer = await getCode(...asked);
      return answer.kind === 'found' ? { ...answer, code: { ...answer.code, client: null } } : answer;
    };
  });
  after(async () => {
    assert.deepEqual(told.failures, []);
    await told.close();
    await untold.close();
  });
  const stands = async (world: World, id: string) => {
    const { status, due, discountCode, problem } = await world.payments.view(id);
    return [status, due, discountCode?.removable ?? null, problem?.code ?? null];
  };
  const spoil = (world: World, when: 'before' | 'after', code: string) =>
    world.control('faults', { op: 'use_code', when, kind: 'reset', code });
  const unsent = (world: World) => {
    const account = world.parts.account('books') ?? assert.fail();
    const useCode = async () => {
      throw new UpstreamError('not_sent', { upstream: 'paycodes', method: 'use_code' });
    };
    return { ...world.parts, account: () => ({ ...account, client: { ...account.client, useCode } }) };
  };

  it('sent, its answer lost, and then not sent: it may still arrive, so it cannot be taken off', async () => {
    const id = await told.pay({ amount });
    await told.submit(id, 'DISC0001');
    await spoil(told, 'before', 'DISC0001');
    await told.submit(id, 'GOOD0001');
    told.clock.advance(20_000);
    assert.equal((await redeemDiscount(unsent(told), id)).kind, 'refused');
    assert.equal((await stands(told, id))[2], false);
    for (let passed = 0; passed < 20; passed += 1) await told.later(31_000);
    assert.equal((await stands(told, id))[2], false);
  });

  it('never sent is as good as before at once', async () => {
    const id = await told.pay({ amount });
    await told.submit(id, 'DISC0002');
    assert.equal((await redeemDiscount(unsent(told), id)).kind, 'refused');
    assert.equal((await stands(told, id))[2], true);
  });

  it('used, and PayCodes does not tell by whom: the whole is due again, and the operator is told once', async () => {
    const id = await untold.pay({ amount });
    await untold.submit(id, 'DISC0003');
    await spoil(untold, 'after', 'DISC0003');
    await untold.submit(id, 'GOOD0003');
    assert.deepEqual(await stands(untold, id), ['open', 2500, false, 'provider_unavailable']);
    for (let passed = 0; passed < 4; passed += 1) await untold.later(31_000);
    assert.deepEqual(await stands(untold, id), ['open', amount, null, 'discount_lost']);
    assert.equal(untold.uses('GOOD0003'), 0);
    assert.match(JSON.stringify(untold.failures.map((failure) => String((failure as { cause: unknown }).cause))), new RegExp(id));
    assert.equal(untold.failures.length, 1);
  });

  it('answered with “not by this call” is another’s, and nobody needs to be told', async () => {
    const before = untold.failures.length;
    const id = await untold.pay({ amount });
    await untold.submit(id, 'DISCRACE');
    await untold.submit(id, 'GOOD0004');
    assert.deepEqual(await stands(untold, id), ['open', amount, null, 'discount_lost']);
    assert.equal(untold.failures.length, before);
  });
});
