/**
 * A wrong code that some rules deny while another cannot be read: it counts as wrong, or an unavailable rule would allow
 * unlimited guessing.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { UpstreamError } from '../../../../server/clients/http.ts';
import { submitPayCode } from '../../../../server/methods/pay-code/submit-code.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { allRules } from './all-rules.ts';

const limits = { wrongPerAddress: 3, wrongPerCustomer: 1_000, shownPerAddress: 1, wrongPerMerchant: 1_000, floorMs: 50 };

describe('a guess while PayCodes answers for some rules only', () => {
  let testBed: PayCodeTestBed;
  before(async () => {
    testBed = await createPayCodeTestBed({ settings: { rules: allRules, limits } });
  });
  after(async () => {
    assert.deepEqual(testBed.failures, []);
    await testBed.close();
  });

  /** Submits as the browser does, while this rule cannot be read. Returns how long it took, in milliseconds. */
  async function type(id: string, typed: string, down: string, ip: string): Promise<number> {
    const account = testBed.parts.account('books') ?? assert.fail();
    const getCode: typeof account.client.getCode = async (request, signal) => {
      if (request.ruleSlug === down) throw new UpstreamError('http', { upstream: 'paycodes', method: 'get_code' });
      return account.client.getCode(request, signal);
    };
    const parts = { ...testBed.parts, account: () => ({ ...account, client: { ...account.client, getCode } }) };
    const started = performance.now();
    await submitPayCode(parts, (await testBed.store.payment(id)) ?? assert.fail(), typed, { ip });
    assert.equal((await testBed.payments.view(id)).problem?.code, 'provider_unavailable');
    return performance.now() - started;
  }
  const tooMany = (cause: unknown) => cause instanceof ProblemError && cause.code === 'too_many_attempts';

  it('is counted, and answered no sooner than any wrong one', async () => {
    const ip = '198.51.100.7';
    const id = await testBed.pay();
    for (let n = 0; n < limits.wrongPerAddress; n += 1)
      assert.ok((await type(id, `WRONG00${n}`, 'demo-low', ip)) >= limits.floorMs, 'sooner than the floor');
    await assert.rejects(type(id, 'GOOD0001', 'demo-low', ip), tooMany);
    // These tries were the first ones of the payment, so it has no other first one.
    await assert.rejects(testBed.submit(id, 'GOOD0001', { ip }), tooMany);
  });

  it('is not counted where no rule has denied it', async () => {
    const ip = '198.51.100.8';
    const id = await testBed.pay();
    for (let n = 0; n < 2 * limits.wrongPerAddress; n += 1) await type(id, `WRONG00${n}`, 'demo-enter', ip);
  });
});
