/** A code is used for the amount that the customer saw, and for no other: the merchant may change the payment meanwhile. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createPayCodeHttpTestBed } from './pay-code-http-test-bed.ts';

describe('the amount that the customer saw', () => {
  let testBed: Awaited<ReturnType<typeof createPayCodeHttpTestBed>>;
  before(async () => {
    testBed = await createPayCodeHttpTestBed();
  });
  after(() => testBed.close());

  const calls = () => testBed.paycodes.ledger().calls.length;

  it('is compared before anything is called: where it is another one, no code is used, and the view has the new amount', async () => {
    const { id, post, view } = await testBed.create({ amount: 3_000, currency: 'PLN' });
    const seen = { due: 3_000, currency: 'PLN' };
    const { version } = await view();
    const changed = await testBed.patch(`payments/${id}`, { version, amount: 2_500 });
    assert.equal(changed.status, 200);
    const before = calls();
    const refused = await post('pay-code', { code: 'GOOD0001', seen });
    assert.deepEqual([refused.status, refused.body.code, refused.body.view?.due], [409, 'payment_changed', 2_500]);
    assert.equal(refused.body.view?.status, 'open');
    const foreign = await post('pay-code', { code: 'GOOD0001', seen: { due: 2_500, currency: 'UZS' } });
    assert.equal(foreign.body.code, 'payment_changed');
    assert.equal(calls(), before, 'PayCodes was not called');
    const paid = await post('pay-code', { code: 'GOOD0001', seen: { ...seen, due: 2_500 } });
    assert.deepEqual([paid.status, paid.body.status, paid.body.amountPaid], [200, 'succeeded', 2_500]);
  });

  it('is what is due after a discount', async () => {
    const { post } = await testBed.create({ amount: 2_777, currency: 'PLN' });
    const seen = { due: 2_777, currency: 'PLN' };
    assert.equal((await post('pay-code', { code: 'DISC0001', seen })).body.due, 2_500);
    assert.equal((await post('pay-code', { code: 'GOOD0002', seen })).body.code, 'payment_changed');
    const paid = await post('pay-code', { code: 'GOOD0002', seen: { ...seen, due: 2_500 } });
    assert.equal(paid.body.status, 'succeeded');
  });
});
