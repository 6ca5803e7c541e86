/** A card payment from the card number to the debit, on both engines, checked by the ledger of the Payme simulator. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { EnterCardCode, PaymentView, ProblemCode } from '../../../../server/contract/index.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { type CardTestBed, createCardTestBed, goodCard } from '../../../support/card-test-bed.ts';
import { engines } from '../../../support/engines.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';

const refusedAs = (code: ProblemCode) => (cause: unknown) => cause instanceof ProblemError && cause.code === code;
const state = ({ status, nextAction, problem }: PaymentView) => [status, nextAction.kind, problem?.code ?? null];
const codeAction = ({ nextAction }: PaymentView): EnterCardCode =>
  nextAction.kind === 'enter_card_code' ? nextAction : assert.fail(`expected a code to be requested, not ${nextAction.kind}`);
const paid = ['succeeded', 'none', null];
const wrong = '000000';

for (const engine of engines) {
  describe(`a card (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: CardTestBed;
    withTestBed(
      engine,
      (databaseUrl) => createCardTestBed({ databaseUrl, timeoutMs: 1_000 }),
      (opened) => {
        testBed = opened;
      },
    );
    afterEach(() => testBed.control('settings', { rotateToken: false, balances: { [goodCard.number]: 1_000_000_000 } }));

    const submitted = async (own = {}) => {
      const id = await testBed.pay();
      return { id, view: await testBed.card(id, own) };
    };
    const calls = (method?: string) => (method ? testBed.calls(method) : testBed.simulator.ledger().calls).length;
    const tokens = () => testBed.simulator.ledger().cards;
    const seconds = (count: number) => testBed.clock.advance(count * 1_000);

    it('pays with its SMS code: one receipt, one debit, and the evidence of it', async () => {
      const { id, view } = await submitted();
      assert.deepEqual(state(view), ['awaiting_customer', 'enter_card_code', null]);
      const action = codeAction(view);
      assert.deepEqual([action.card, action.phone, action.attemptsLeft], ['860006******6311', '99890*****66', 3]);
      assert.equal(action.resendAt, new Date(testBed.clock.now() + 60_000).toISOString());
      const debits = testBed.debits().length;
      const done = await testBed.code(id);
      assert.deepEqual(state(done), paid);
      assert.deepEqual([done.amountPaid, done.attempt?.method, done.attempt?.lastCharacters], [500_000, 'card', '6311']);
      assert.equal(testBed.debits().length, debits + 1);
      const [evidence, ...others] = await testBed.store.evidence(id);
      const receipt = testBed.simulator.ledger().receipts.at(-1);
      assert.deepEqual(
        [evidence?.upstreamId, evidence?.amount, evidence?.currency, evidence?.counted, others],
        [receipt?.id, 500_000, 'UZS', true, []],
      );
      assert.deepEqual(await testBed.webhookTypes(id), ['payment.succeeded']);
    });

    it('accepts three wrong codes for one SMS, then offers another SMS, whose code pays', async () => {
      const { id } = await submitted();
      for (const left of [2, 1]) {
        const view = await testBed.code(id, wrong);
        assert.deepEqual(
          [...state(view), codeAction(view).attemptsLeft],
          ['awaiting_customer', 'enter_card_code', 'sms_code_wrong', left],
        );
      }
      const third = await testBed.code(id, wrong);
      assert.deepEqual([third.problem?.code, codeAction(third).attemptsLeft], ['sms_code_expired', 0]);
      const verified = calls('cards.verify');
      await assert.rejects(testBed.code(id), refusedAs('sms_code_expired'));
      assert.equal(calls('cards.verify'), verified, 'a code was sent though none is left');
      seconds(60);
      const resent = await testBed.resend(id);
      // Five in all: three are gone.
      assert.deepEqual([codeAction(resent).attemptsLeft, codeAction(resent).resent, resent.problem], [2, true, null]);
      assert.deepEqual(state(await testBed.code(id)), paid);
    });

    it('is given up after five wrong codes, its token is removed at Payme, and the customer starts over', async () => {
      const { id } = await submitted();
      for (let times = 0; times < 3; times += 1) await testBed.code(id, wrong);
      seconds(60);
      await testBed.resend(id);
      const fourth = await testBed.code(id, wrong);
      assert.equal(codeAction(fourth).attemptsLeft, 1);
      const fifth = await testBed.code(id, wrong);
      assert.deepEqual(state(fifth), ['open', 'enter_card', 'too_many_attempts']);
      await assert.rejects(testBed.code(id), refusedAs('sms_code_expired'));
      await testBed.reconciler.runOnce();
      assert.equal(tokens().at(-1)?.removed, true);
      await testBed.card(id);
      assert.deepEqual(state(await testBed.code(id)), paid);
    });

    it('reports that a code has expired, and does not send it a second time', async () => {
      const { id } = await submitted();
      seconds(61);
      const view = await testBed.code(id);
      assert.deepEqual(
        [...state(view), codeAction(view).attemptsLeft],
        ['awaiting_customer', 'enter_card_code', 'sms_code_expired', 0],
      );
      const verified = calls('cards.verify');
      await assert.rejects(testBed.code(id), refusedAs('sms_code_expired'));
      assert.equal(calls('cards.verify'), verified);
      assert.deepEqual(state(await testBed.payments.view(id)).slice(0, 2), ['awaiting_customer', 'enter_card_code']);
    });

    it('sends no second SMS before the resend time', async () => {
      const { id, view } = await submitted();
      const before = calls();
      const early = (cause: unknown) =>
        refusedAs('too_many_attempts')(cause) && (cause as ProblemError).extras.retryAt === codeAction(view).resendAt;
      await assert.rejects(testBed.resend(id), early);
      seconds(59);
      await assert.rejects(testBed.resend(id), early);
      assert.equal(calls(), before, 'Payme was called');
      seconds(1);
      assert.equal(codeAction(await testBed.resend(id)).resent, true);
      assert.equal(calls('cards.get_verify_code') > 0 && calls(), before + 1);
    });

    it('does not state that a second SMS was sent if Payme’s answer was lost', async () => {
      const { id } = await submitted();
      seconds(60);
      await testBed.control('faults', { op: 'cards.get_verify_code', when: 'after', kind: 'reset' });
      assert.equal(codeAction(await testBed.resend(id)).resent, 'maybe');
      seconds(60);
      assert.equal(codeAction(await testBed.resend(id)).resent, true);
    });

    it('can be left for another one, and is removed at Payme', async () => {
      const { id, view } = await submitted();
      const first = tokens().at(-1)?.token;
      await testBed.payments.abandon(id);
      const second = await testBed.card(id);
      assert.notEqual(second.attempt?.id, view.attempt?.id);
      await testBed.reconciler.runOnce();
      assert.deepEqual(
        tokens()
          .filter(({ token }) => token === first || token === tokens().at(-1)?.token)
          .map(({ removed }) => removed),
        [true, false],
      );
      assert.deepEqual(state(await testBed.code(id)), paid);
      assert.deepEqual(
        (await testBed.store.attempts(id)).map(({ status }) => status),
        ['abandoned', 'paid'],
      );
    });

    it('leaves nothing sealed, and no token at Payme, once it is over', async () => {
      const { id } = await submitted();
      await testBed.payments.cancel(id);
      await testBed.reconciler.runOnce();
      assert.deepEqual(
        (await testBed.store.attempts(id)).map(({ sealed }) => sealed),
        [null],
      );
      assert.equal(tokens().at(-1)?.removed, true);
    });

    for (const [number, code] of [
      ['8600060921090842', 'card_sms_disabled'],
      ['3333336415804657', 'card_sms_disabled'],
      ['4444445987459073', 'card_sms_disabled'],
      ['8600143417770323', 'provider_unavailable'],
    ] as const) {
      it(`ending in ${number.slice(-4)} is refused: ${code}`, async () => {
        const { view } = await submitted({ number });
        assert.deepEqual(state(view), ['open', 'enter_card', code]);
      });
    }

    it('that is declined when it pays is reported so, and another one pays', async () => {
      const { id } = await submitted({ number: '8600134301849596' });
      assert.deepEqual(state(await testBed.code(id)), ['open', 'enter_card', 'card_declined']);
      const { state: receipt, debits } = testBed.simulator.ledger().receipts.at(-1) ?? assert.fail();
      assert.deepEqual([receipt, debits], [50, []], 'a receipt that could still be paid');
      await testBed.card(id);
      assert.deepEqual(state(await testBed.code(id)), paid);
    });

    it('with too little money is reported so, and its receipt can never be paid any more', async () => {
      await testBed.control('settings', { balances: { [goodCard.number]: 499_999 } });
      const { id } = await submitted();
      assert.deepEqual(state(await testBed.code(id)), ['open', 'enter_card', 'insufficient_funds']);
      assert.equal(testBed.simulator.ledger().receipts.at(-1)?.state, 50);
    });

    it('that Payme does not know is refused, with the field at fault', async () => {
      const { view } = await submitted({ number: '8600069195406312' });
      assert.deepEqual([view.problem?.code, view.problem?.field], ['card_number', 'number']);
    });

    it('whose number or expiry is wrong is refused without a call', async () => {
      const id = await testBed.pay();
      const before = calls();
      await assert.rejects(testBed.card(id, { number: '8600 0691' }), refusedAs('card_number'));
      await assert.rejects(testBed.card(id, { expire: '13/99' }), refusedAs('card_expiry'));
      assert.equal(calls(), before);
      assert.equal((await testBed.payments.view(id)).status, 'open');
      await testBed.card(id);
      await assert.rejects(testBed.code(id, '12'), refusedAs('sms_code_format'));
    });

    it('continues with the token that Payme returns', async () => {
      await testBed.control('settings', { rotateToken: true });
      const { id } = await submitted();
      assert.deepEqual(state(await testBed.code(id)), paid);
      const rotated = tokens().at(-1)?.tokens ?? [];
      assert.equal(rotated.length, 2);
      assert.equal(testBed.calls('receipts.pay').at(-1)?.token, rotated[1]);
    });

    it('whose code was confirmed pays, though no answer came, because Payme reports it as confirmed', async () => {
      await testBed.control('faults', { op: 'cards.verify', when: 'after', kind: 'reset' });
      const { id } = await submitted();
      const verified = calls('cards.verify');
      assert.deepEqual(state(await testBed.code(id)), paid);
      assert.equal(calls('cards.verify'), verified + 1, 'a code was sent twice');
    });

    it('whose code never arrived at Payme asks for it again', async () => {
      await testBed.control('faults', { op: 'cards.verify', when: 'before', kind: 'reset' });
      const { id } = await submitted();
      assert.deepEqual(state(await testBed.code(id)), ['awaiting_customer', 'enter_card_code', 'provider_unavailable']);
      assert.deepEqual(state(await testBed.code(id)), paid);
    });

    it('whose SMS call got no answer waits for the code all the same, and sends no second SMS', async () => {
      const before = calls('cards.get_verify_code');
      await testBed.control('faults', { op: 'cards.get_verify_code', when: 'after', kind: 'reset' });
      const { id, view } = await submitted();
      assert.deepEqual([...state(view), codeAction(view).phone], ['awaiting_customer', 'enter_card_code', null, null]);
      assert.equal(calls('cards.get_verify_code'), before + 1);
      assert.deepEqual(state(await testBed.code(id)), paid);
    });

    it('ends without an unexpected failure', () => assert.deepEqual(testBed.failures, []));
  });
}
