/**
 * A code that is shown to be sent by SMS is never accepted from the entry field, whoever types it, and how many are generated is
 * limited.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { rateLimitKeyForIp } from '../../../../server/methods/client-address.ts';
import type { PayCodeRule } from '../../../../server/methods/pay-code/account.ts';
import { showCode } from '../../../../server/methods/pay-code/show-code.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { usualEngines } from '../../../support/engines.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';
import { allRules } from './all-rules.ts';

const problem = (code: string) => (error: unknown) => error instanceof ProblemError && error.code === code;
const ip = '198.51.100.20';
/** A wrong merchants file: codes of the shown rule may also be typed. */
const misconfigured: PayCodeRule = { kind: 'enter', slug: 'demo-reversed', currency: 'PLN', priceScale: 2 };
const rules = [misconfigured, ...allRules.filter(({ kind }) => kind !== 'discount')];
const limits = { wrongPerAddress: 50, wrongPerCustomer: 1_000, shownPerAddress: 8, wrongPerMerchant: 1_000, floorMs: 0 };

for (const engine of usualEngines) {
  describe(`a shown code that is typed (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: PayCodeTestBed;
    withTestBed(
      engine,
      (databaseUrl) => createPayCodeTestBed({ databaseUrl, settings: { rules, limits } }),
      (opened) => {
        testBed = opened;
      },
    );
    after(() => assert.deepEqual(testBed.failures, []));

    let phones = 0;
    async function show(id: string) {
      phones += 1;
      const { nextAction } = await testBed.startReversed(id, `192.0.2.${phones}`);
      assert.ok(nextAction.kind === 'send_sms');
      testBed.clock.advance(2_000);
      return nextAction.text.replace('PAY.CODE ', '');
    }
    const counted = async () =>
      (
        await testBed.store.readRateLimit(
          'code_address',
          testBed.sealer.fingerprint(`books ${rateLimitKeyForIp(ip)}`),
          testBed.clock.now(),
        )
      ).count;
    /** It must be refused with this problem, counted, and without any call. */
    async function refused(id: string, typed: string, code: string) {
      const [calls, tries] = [testBed.simulator.ledger().calls.length, await counted()];
      const answer = await testBed.submit(id, typed, { ip }).then(
        ({ problem }) => problem?.code,
        (cause) => (cause instanceof ProblemError ? cause.code : assert.fail(String(cause))),
      );
      assert.equal(answer, code);
      assert.equal(testBed.simulator.ledger().calls.length, calls, 'a call was made');
      assert.equal((await counted()) - tries, 1, 'it was not counted');
    }

    it('is refused where it is shown, and after it was left, in any spelling', async () => {
      const id = await testBed.pay();
      const code = await show(id);
      await refused(id, code, 'payment_processing');
      await testBed.payments.abandon(id);
      await refused(id, code, 'payment_processing');
      await testBed.later(0);
      for (const typed of [code, code.toLowerCase(), ` ${code.slice(0, 3)}-${code.slice(3)} `])
        await refused(id, typed, 'code_invalid');
      assert.deepEqual(
        testBed.simulator.ledger().uses.flatMap((use) => (use.code === code ? [use.client.split(':')[0]] : [])),
        ['pw-fence'],
      );
    });

    it('is refused on another payment, while it is shown and after', async () => {
      const [id, other] = [await testBed.pay(), await testBed.pay()];
      const code = await show(id);
      await refused(other, code, 'code_invalid');
      await testBed.payments.abandon(id);
      await refused(other, code, 'code_invalid');
      await testBed.later(0);
      await refused(other, code, 'code_invalid');
      assert.equal((await testBed.payments.view(other)).status, 'open');
    });

    it('is refused after its SMS has paid, and after its payment is over', async () => {
      const [id, over, other] = [await testBed.pay(), await testBed.pay(), await testBed.pay()];
      const [code, lost] = [await show(id), await show(over)];
      await testBed.sms(`PAY.CODE ${code}`);
      await testBed.payments.cancel(over);
      await testBed.later(5_000);
      assert.equal((await testBed.payments.view(id)).status, 'succeeded');
      for (const typed of [code, lost]) await refused(other, typed, 'code_invalid');
      assert.equal(testBed.uses(lost), 0);
    });

    it('locks a payment like any other wrong code', async () => {
      const [id, other] = [await testBed.pay(), await testBed.pay()];
      const code = await show(id);
      for (let n = 0; n < 3; n += 1) await refused(other, code, 'code_invalid');
      await assert.rejects(testBed.submit(other, 'GOOD0001', { ip: '192.0.2.250' }), problem('too_many_attempts'));
    });

    it('is recognised though PayCodes spells it differently', async () => {
      const [id, other] = [await testBed.pay(), await testBed.pay()];
      const account = testBed.parts.account('books') ?? assert.fail();
      const { client } = account;
      const generateCode: typeof client.generateCode = async (request) => {
        const made = await client.generateCode(request);
        return made.kind === 'generated' ? { ...made, code: made.code.toLowerCase() } : made;
      };
      const parts = { ...testBed.parts, account: () => ({ ...account, client: { ...client, generateCode } }) };
      await showCode(parts, (await testBed.store.payment(id)) ?? assert.fail(), { ip: '192.0.2.200', acknowledge: false });
      const { nextAction } = await testBed.payments.view(id);
      assert.ok(nextAction.kind === 'send_sms');
      await refused(other, nextAction.text.replace('PAY.CODE ', ''), 'code_invalid');
    });

    it('is generated five times for one payment at most', async () => {
      const id = await testBed.pay({ label: 'forgetful' });
      const made = new Set<string>();
      for (let n = 0; n < 5; n += 1) {
        made.add(await show(id));
        await testBed.payments.abandon(id);
        await testBed.later(0);
      }
      assert.equal(made.size, 5);
      const calls = testBed.calls('generate_code').length;
      await assert.rejects(show(id), problem('too_many_attempts'));
      assert.equal(testBed.calls('generate_code').length, calls);
      assert.equal((await testBed.submit(id, 'GOOD0001')).status, 'succeeded');
    });

    it('is generated a limited number of times for one address in a day, whatever payments it is for', async () => {
      const payment = (n: number) => testBed.pay({ label: `neighbour-${n}` });
      const show = (id: string, n: number) => testBed.startReversed(id, `2001:db8:9:0:${n}::1`);
      const again = await payment(99);
      await show(again, 0);
      await testBed.payments.abandon(again);
      await testBed.later(0);
      for (let n = 1; n < limits.shownPerAddress; n += 1) await show(await payment(n), n);
      const calls = testBed.calls('generate_code').length;
      await assert.rejects(show(again, 99), problem('too_many_attempts'));
      assert.equal(testBed.calls('generate_code').length, calls);
      // Another customer of the same network still gets a code.
      assert.equal((await show(await payment(100), 100)).status, 'awaiting_customer');
      assert.equal((await testBed.startReversed(again, '2001:db8:a::1')).status, 'awaiting_customer');
    });

    it('is generated a limited number of times for one customer in a day, whatever payments and addresses it is for', async () => {
      const from = async (n: number) => testBed.startReversed(await testBed.pay({ label: 'collector' }), `2001:db8:d${n}::1`);
      for (let n = 0; n < limits.shownPerAddress; n += 1) await from(n);
      const calls = testBed.calls('generate_code').length;
      await assert.rejects(from(99), problem('too_many_attempts'));
      assert.equal(testBed.calls('generate_code').length, calls);
      testBed.clock.advance(24 * 3_600_000 + 1);
      assert.equal((await from(99)).status, 'awaiting_customer');
    });

    it('is given back once its SMS has paid, so a customer may pay so as often as they like', async () => {
      for (let n = 0; n <= limits.shownPerAddress; n += 1) {
        const id = await testBed.pay({ label: 'regular' });
        const { nextAction } = await testBed.startReversed(id, '2001:db8:e::1');
        assert.ok(nextAction.kind === 'send_sms');
        await testBed.sms(nextAction.text);
        const isPaid = async () => (await testBed.payments.view(id)).status === 'succeeded';
        // A pass reads a limited number of codes, and those of the tests before this one are due as well.
        for (let pass = 0; pass < 20 && !(await isPaid()); pass += 1) await testBed.later(5_000);
        assert.ok(await isPaid(), `payment ${n}`);
      }
    });

    it('is counted for an address only where it was shown: an outage locks nobody out', async () => {
      const from = async () => testBed.startReversed(await testBed.pay({ label: 'patient' }), '2001:db8:b::1');
      for (let n = 0; n <= limits.shownPerAddress; n += 1) {
        await testBed.control('faults', { op: 'generate_code', when: 'before', kind: 'http500' });
        assert.equal((await from()).problem?.code, 'provider_unavailable');
      }
      assert.equal((await from()).status, 'awaiting_customer');
    });

    it('is not counted for an address where the payment takes no attempt now: asking twice locks nobody out', async () => {
      const address = '2001:db8:c::1';
      const id = await testBed.pay({ label: 'hasty' });
      await testBed.startReversed(id, address);
      await testBed.payments.abandon(id);
      for (let n = 0; n < limits.shownPerAddress; n += 1)
        await assert.rejects(testBed.startReversed(id, address), problem('payment_processing'));
      assert.equal((await testBed.startReversed(await testBed.pay({ label: 'hasty' }), address)).status, 'awaiting_customer');
    });
  });
}

describe('the user of a shown code (`smsClient`)', () => {
  const under = async (smsClient: string) => {
    const testBed = await createPayCodeTestBed({ settings: { rules: allRules, smsClient } });
    const id = await testBed.pay();
    const { nextAction } = await testBed.startReversed(id);
    assert.ok(nextAction.kind === 'send_sms');
    await testBed.sms(nextAction.text);
    await testBed.later(5_000);
    const { status, nextAction: then, problem, amountPaid } = await testBed.payments.view(id);
    await testBed.close();
    return [status, then.kind, problem?.code ?? null, amountPaid];
  };

  it('pays where it is the gateway that the merchants file names', async () => {
    assert.deepEqual(await under('sms:sandbox'), ['succeeded', 'none', null, 2500]);
  });

  it('pays nothing where it is anybody else, and the customer may choose again', async () => {
    assert.deepEqual(await under('sms:other'), ['open', 'enter_code', 'code_used', 0]);
  });
});
