/**
 * A code that the customer sends by SMS: what is generated, shown and stored, and that a late SMS pays. Real client and
 * simulator.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { after, describe, it } from 'node:test';
import type { PaymentView } from '../../../../server/contract/index.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { usualEngines } from '../../../support/engines.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';
import { spellings } from '../card/spellings.ts';
import { allRules } from './all-rules.ts';

const problem = (code: string) => (error: unknown) => error instanceof ProblemError && error.code === code;
const minute = 60_000;
const hour = 60 * minute;
const shown = ({ nextAction }: PaymentView) => (nextAction.kind === 'send_sms' ? nextAction : assert.fail(nextAction.kind));
const codeIn = (view: PaymentView) => /^PAY\.CODE ([A-Z0-9]{6})$/.exec(shown(view).text)?.[1] ?? assert.fail(shown(view).text);

for (const engine of usualEngines) {
  describe(`a code that is sent by SMS (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: PayCodeTestBed;
    let databaseUrl: string;
    withTestBed(
      engine,
      (url) => createPayCodeTestBed({ databaseUrl: url, settings: { rules: allRules } }),
      (opened, url) => {
        testBed = opened;
        databaseUrl = url;
      },
    );
    after(() => assert.deepEqual(testBed.failures, []));
    const webhooks = async (id: string) => await testBed.webhookTypes(id);
    const attemptOf = async (id: string) => (await testBed.store.attempts(id)).at(-1) ?? assert.fail();

    it('is generated for this payment and this rule, and shown with number, price and the time to wait', async () => {
      const id = await testBed.pay();
      const made = testBed.calls('generate_code').length;
      const view = await testBed.startReversed(id);
      assert.equal(view.status, 'awaiting_customer');
      const { number, price, continuation: then, until } = shown(view);
      assert.deepEqual([number, price, then], ['7255', 2500, 'wait']);
      assert.equal(Date.parse(until) - testBed.clock.now(), 15 * minute);
      const calls = testBed.calls('generate_code').slice(made);
      assert.deepEqual(
        calls.map(({ ruleSlug }) => ruleSlug),
        ['demo-reversed'],
      );
      const [book] = testBed.simulator.ledger().codes.filter(({ code }) => code === codeIn(view));
      assert.deepEqual([book?.ruleSlug, book?.creator, book?.useTime], ['demo-reversed', 'payment-widget:books', null]);
      const intents = await testBed.store.intents((await attemptOf(id)).id);
      assert.deepEqual(
        intents.map(({ operation, notes }) => [operation, notes.rule]),
        [['generate_code', 'demo-reversed']],
      );
    });

    it('is not in clear in the rows or the files of the database', async () => {
      const view = await testBed.startReversed(await testBed.pay());
      const code = codeIn(view);
      const attempt = (await testBed.store.attempts(view.id)).at(-1) ?? assert.fail();
      assert.equal(testBed.sealer.open(attempt.sealed ?? '', attempt.id), code);
      assert.ok(!JSON.stringify({ ...attempt, sealed: null }).includes(code));
      assert.ok(!JSON.stringify([await testBed.store.payment(view.id), await testBed.outbox(view.id)]).includes(code));
      if (engine.name !== 'sqlite') return;
      const folder = dirname(databaseUrl.replace('sqlite:', ''));
      const files = readdirSync(folder);
      const kept = files.map((name) => readFileSync(`${folder}/${name}`, 'latin1')).join('');
      assert.ok(files.some((name) => name.endsWith('-wal')) && kept.includes(view.id), 'the search sees what is kept');
      for (const spelling of spellings(code)) assert.ok(!kept.includes(spelling), 'the shown code lies in clear');
    });

    it('pays once by the SMS, though the network delivers it twice, and the merchant gets one webhook', async () => {
      const id = await testBed.pay();
      const view = await testBed.startReversed(id);
      await testBed.sms(shown(view).text, { duplicate: true });
      await testBed.later(3_000);
      const paid = await testBed.payments.view(id);
      assert.deepEqual([paid.status, paid.amountPaid, paid.paidLate], ['succeeded', 2500, false]);
      await testBed.later(hour);
      assert.deepEqual(await webhooks(id), ['payment.succeeded']);
      assert.equal(testBed.uses(codeIn(view)), 1);
      assert.equal((await attemptOf(id)).sealed, null);
    });

    it('is polled often, then rarely: every 3 s, 5 s, 10 s, at last every minute', async () => {
      const id = await testBed.pay({ expiresIn: 4 * 3600 });
      const code = codeIn(await testBed.startReversed(id));
      const looks = () => testBed.calls('get_code').filter((call) => call.code === code).length;
      for (const [shownMs, wanted] of [
        [0, 20],
        [2 * minute, 12],
        [6 * minute, 6],
        [16 * minute, 1],
        [3 * hour, 1],
      ] as const) {
        await testBed.later(Math.max(0, (await attemptOf(id)).startedAt + shownMs - testBed.clock.now()));
        const before = looks();
        for (let passed = 0; passed < minute; passed += 1_000) await testBed.later(1_000);
        const seen = looks() - before;
        assert.ok(Math.abs(seen - wanted) <= 1, `${seen} looks in the minute after ${shownMs / minute} min`);
      }
    });

    it('is polled as soon as the customer asks, and never twice within two seconds', async () => {
      const id = await testBed.pay({ expiresIn: 4 * 3600 });
      const code = codeIn(await testBed.startReversed(id));
      await testBed.later(20 * minute);
      const looks = () => testBed.calls('get_code').filter((call) => call.code === code).length;
      const before = looks();
      for (let passed = 0; passed < 20_000; passed += 100) {
        await testBed.payments.recheck(id);
        await testBed.later(100);
      }
      const seen = looks() - before;
      assert.ok(seen >= 9 && seen <= 11, `${seen} looks in 20 s of asking`);
    });

    it('is polled once more where the customer asks while it is being polled', async () => {
      const id = await testBed.pay({ expiresIn: 4 * 3600 });
      const view = await testBed.startReversed(id);
      await testBed.later(20 * minute);
      const { client } = testBed.parts.account('books') ?? assert.fail();
      const { getCode } = client;
      client.getCode = async (...request) => {
        // Other codes are polled in the same pass.
        if (request[0].code !== codeIn(view)) return getCode(...request);
        client.getCode = getCode;
        const answer = await getCode(...request);
        await testBed.sms(shown(view).text);
        await testBed.payments.recheck(id);
        return answer;
      };
      await testBed.later(minute + 1);
      assert.equal((await testBed.payments.view(id)).status, 'awaiting_customer');
      await testBed.later(2_000);
      assert.equal((await testBed.payments.view(id)).status, 'succeeded');
    });

    for (const [words, delayMs, status] of [
      ['the time of the screen', 20 * minute, 'awaiting_customer'],
      ['the end of the payment', 3 * hour, 'expired'],
    ] as const) {
      it(`pays by an SMS that comes after ${words}, and the merchant gets a webhook`, async () => {
        const id = await testBed.pay();
        const { text } = shown(await testBed.startReversed(id));
        await testBed.sms(text, { delayMs });
        await testBed.later(delayMs - minute);
        const waiting = await testBed.payments.view(id);
        assert.equal(waiting.status, status);
        if (status === 'expired') assert.equal(waiting.nextAction.kind === 'wait' && waiting.nextAction.reason, 'sms_late');
        await testBed.later(minute + 1);
        await testBed.later(minute);
        const paid = await testBed.payments.view(id);
        assert.deepEqual([paid.status, paid.amountPaid, paid.paidLate], ['succeeded', 2500, status === 'expired']);
        const types = status === 'expired' ? ['payment.expired', 'payment.succeeded'] : ['payment.succeeded'];
        assert.deepEqual(await webhooks(id), types);
        assert.equal((await testBed.outbox(id)).at(-1)?.data.payment.paidLate, status === 'expired');
      });
    }

    it('pays by an SMS that comes after the payment was canceled, and counts as late', async () => {
      const id = await testBed.pay();
      const { text } = shown(await testBed.startReversed(id));
      await testBed.payments.cancel(id);
      await testBed.sms(text);
      await testBed.later(minute);
      const paid = await testBed.payments.view(id);
      assert.deepEqual([paid.status, paid.paidLate], ['succeeded', true]);
      assert.deepEqual(await webhooks(id), ['payment.canceled', 'payment.succeeded']);
    });

    it('ends with its end_time: it is polled no more and erased, and no SMS pays', async () => {
      const id = await testBed.pay();
      const view = await testBed.startReversed(id);
      await testBed.later(49 * hour);
      await testBed.sms(shown(view).text);
      await testBed.later(minute);
      assert.deepEqual([(await testBed.payments.view(id)).status, testBed.uses(codeIn(view))], ['expired', 0]);
      assert.deepEqual([(await attemptOf(id)).sealed, (await attemptOf(id)).status], [null, 'declined']);
      const looks = testBed.calls('get_code').length;
      await testBed.later(hour);
      assert.equal(testBed.calls('get_code').length, looks);
      assert.equal((await testBed.payments.view(id)).nextAction.kind, 'none');
    });

    it('that PayCodes does not know any more is polled while it could be valid, then no longer', async () => {
      const id = await testBed.pay();
      const code = codeIn(await testBed.startReversed(id));
      await testBed.control('reset', {});
      const looks = () => testBed.calls('get_code').filter((call) => call.code === code).length;
      await testBed.later(47 * hour);
      assert.equal(looks(), 1);
      await testBed.later(26 * hour);
      await testBed.later(hour);
      assert.equal(looks(), 2);
      assert.deepEqual([(await attemptOf(id)).status, (await attemptOf(id)).sealed], ['declined', null]);
    });

    it('that expires before its payment lets the customer choose again', async () => {
      const id = await testBed.pay({ expiresIn: 7 * 24 * 3600 });
      const first = codeIn(await testBed.startReversed(id));
      await testBed.later(49 * hour);
      const view = await testBed.payments.view(id);
      assert.deepEqual([view.status, view.nextAction.kind, view.problem?.code], ['open', 'enter_code', 'code_expired']);
      assert.notEqual(codeIn(await testBed.startReversed(id)), first);
    });

    it('is shown only after the discount is redeemed, because the SMS then pays without a call of ours', async () => {
      const id = await testBed.pay({ amount: 3000 });
      await testBed.submit(id, 'FIVE0001');
      const view = await testBed.startReversed(id);
      assert.equal(testBed.uses('FIVE0001'), 1);
      await testBed.sms(shown(view).text);
      await testBed.later(minute);
      const paid = await testBed.payments.view(id);
      assert.deepEqual([paid.status, paid.discount, paid.amountPaid], ['succeeded', 500, 2500]);
      assert.ok((await testBed.store.attempts(id)).every(({ sealed }) => sealed === null));
    });

    it('is not generated where the discount is dropped, because the SMS does not pay the whole amount', async () => {
      const id = await testBed.pay({ amount: 2777 });
      await testBed.submit(id, 'DISC0001');
      const other = await testBed.pay({ amount: 2777 });
      await testBed.submit(other, 'DISC0001');
      assert.equal((await testBed.submit(other, 'GOOD0001')).status, 'succeeded');
      const made = testBed.calls('generate_code').length;
      const view = await testBed.startReversed(id);
      assert.deepEqual([view.status, view.due, view.problem?.code], ['open', 2777, 'discount_lost']);
      assert.equal(testBed.calls('generate_code').length, made);
    });

    it('is not generated where the SMS does not cost what is due, or PayCodes is down', async () => {
      const made = testBed.calls('generate_code').length;
      await assert.rejects(testBed.startReversed(await testBed.pay({ amount: 2600 })), problem('method_unavailable'));
      assert.equal(testBed.calls('generate_code').length, made);
      const id = await testBed.pay();
      await testBed.control('faults', { op: 'generate_code', when: 'after', kind: 'reset' });
      const view = await testBed.startReversed(id);
      assert.deepEqual([view.status, view.problem?.code], ['open', 'provider_unavailable']);
      assert.equal((await testBed.startReversed(id)).status, 'awaiting_customer');
    });
  });
}
