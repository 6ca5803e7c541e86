/** A card from its number to the money, on both engines, before a Payme that keeps its own books. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { EnterCardCode, PaymentView, ProblemCode } from '../../../../server/contract/index.ts';
import { ProblemError } from '../../../../server/payments/model/problem-error.ts';
import { type CardWorld, createCardWorld, goodCard } from '../../../support/card-world.ts';
import { engines } from '../../../support/engines.ts';

const refusedAs = (code: ProblemCode) => (cause: unknown) => cause instanceof ProblemError && cause.code === code;
const state = ({ status, nextAction, problem }: PaymentView) => [status, nextAction.kind, problem?.code ?? null];
const asked = ({ nextAction }: PaymentView): EnterCardCode =>
  nextAction.kind === 'enter_card_code' ? nextAction : assert.fail(`no code is asked for, but ${nextAction.kind}`);
const paid = ['succeeded', 'none', null];
const wrong = '000000';

for (const engine of engines) {
  describe(`a card (${engine.name})`, { skip: engine.skip }, () => {
    let database: { url: string; drop(): Promise<void> };
    let world: CardWorld;
    before(async () => {
      database = await engine.create();
      world = await createCardWorld({ databaseUrl: database.url, timeoutMs: 1_000 });
    });
    afterEach(() => world.control('settings', { rotateToken: false, balances: { [goodCard.number]: 1_000_000_000 } }));
    after(async () => {
      await world.close();
      await database.drop();
    });

    const told = async (own = {}) => {
      const id = await world.pay();
      return { id, view: await world.card(id, own) };
    };
    const calls = (method?: string) => (method ? world.calls(method) : world.simulator.ledger().calls).length;
    const tokens = () => world.simulator.ledger().cards;
    const seconds = (count: number) => world.clock.advance(count * 1_000);

    it('pays by the code of its SMS: one receipt, one debit, and the proof of it', async () => {
      const { id, view } = await told();
      assert.deepEqual(state(view), ['awaiting_customer', 'enter_card_code', null]);
      const action = asked(view);
      assert.deepEqual([action.card, action.phone, action.attemptsLeft], ['860006******6311', '99890*****66', 3]);
      assert.equal(action.resendAt, new Date(world.clock.now() + 60_000).toISOString());
      const debits = world.debits().length;
      const done = await world.code(id);
      assert.deepEqual(state(done), paid);
      assert.deepEqual([done.amountPaid, done.attempt?.method, done.attempt?.tail], [500_000, 'card', '6311']);
      assert.equal(world.debits().length, debits + 1);
      const [evidence, ...others] = await world.store.evidence(id);
      const receipt = world.simulator.ledger().receipts.at(-1);
      assert.deepEqual(
        [evidence?.upstreamId, evidence?.amount, evidence?.currency, evidence?.counted, others],
        [receipt?.id, 500_000, 'UZS', true, []],
      );
      assert.deepEqual(await world.outbox(id), ['payment.succeeded']);
    });

    it('takes a wrong code three times for one SMS, asks for another one, and that pays', async () => {
      const { id } = await told();
      for (const left of [2, 1]) {
        const view = await world.code(id, wrong);
        assert.deepEqual(
          [...state(view), asked(view).attemptsLeft],
          ['awaiting_customer', 'enter_card_code', 'sms_code_wrong', left],
        );
      }
      const third = await world.code(id, wrong);
      assert.deepEqual([third.problem?.code, asked(third).attemptsLeft], ['sms_code_expired', 0]);
      const verified = calls('cards.verify');
      await assert.rejects(world.code(id), refusedAs('sms_code_expired'));
      assert.equal(calls('cards.verify'), verified, 'a worn-out code was sent');
      seconds(60);
      const resent = await world.resend(id);
      // Five in all: three are gone.
      assert.deepEqual([asked(resent).attemptsLeft, asked(resent).resent, resent.problem], [2, true, null]);
      assert.deepEqual(state(await world.code(id)), paid);
    });

    it('is given up after five wrong codes, its token is removed at Payme, and the customer starts over', async () => {
      const { id } = await told();
      for (let times = 0; times < 3; times += 1) await world.code(id, wrong);
      seconds(60);
      await world.resend(id);
      const fourth = await world.code(id, wrong);
      assert.equal(asked(fourth).attemptsLeft, 1);
      const fifth = await world.code(id, wrong);
      assert.deepEqual(state(fifth), ['open', 'enter_card', 'too_many_attempts']);
      await assert.rejects(world.code(id), refusedAs('sms_code_expired'));
      await world.reconciler.runOnce();
      assert.equal(tokens().at(-1)?.removed, true);
      await world.card(id);
      assert.deepEqual(state(await world.code(id)), paid);
    });

    it('says that a code is too old, and sends it no second time', async () => {
      const { id } = await told();
      seconds(61);
      const view = await world.code(id);
      assert.deepEqual(
        [...state(view), asked(view).attemptsLeft],
        ['awaiting_customer', 'enter_card_code', 'sms_code_expired', 0],
      );
      const verified = calls('cards.verify');
      await assert.rejects(world.code(id), refusedAs('sms_code_expired'));
      assert.equal(calls('cards.verify'), verified);
      assert.deepEqual(state(await world.payments.view(id)).slice(0, 2), ['awaiting_customer', 'enter_card_code']);
    });

    it('sends no second SMS before its time', async () => {
      const { id, view } = await told();
      const before = calls();
      const early = (cause: unknown) =>
        refusedAs('too_many_attempts')(cause) && (cause as ProblemError).extras.retryAt === asked(view).resendAt;
      await assert.rejects(world.resend(id), early);
      seconds(59);
      await assert.rejects(world.resend(id), early);
      assert.equal(calls(), before, 'Payme was asked');
      seconds(1);
      assert.equal(asked(await world.resend(id)).resent, true);
      assert.equal(calls('cards.get_verify_code') > 0 && calls(), before + 1);
    });

    it('claims no second SMS where Payme’s answer was lost: it may be on its way', async () => {
      const { id } = await told();
      seconds(60);
      await world.control('faults', { op: 'cards.get_verify_code', when: 'after', kind: 'reset' });
      assert.equal(asked(await world.resend(id)).resent, 'maybe');
      seconds(60);
      assert.equal(asked(await world.resend(id)).resent, true);
    });

    it('is left for another one, and removed at Payme', async () => {
      const { id, view } = await told();
      const first = tokens().at(-1)?.token;
      await world.payments.abandon(id);
      const second = await world.card(id);
      assert.notEqual(second.attempt?.id, view.attempt?.id);
      await world.reconciler.runOnce();
      assert.deepEqual(
        tokens()
          .filter(({ token }) => token === first || token === tokens().at(-1)?.token)
          .map(({ removed }) => removed),
        [true, false],
      );
      assert.deepEqual(state(await world.code(id)), paid);
      assert.deepEqual(
        (await world.store.attempts(id)).map(({ status }) => status),
        ['abandoned', 'paid'],
      );
    });

    it('leaves nothing sealed, and no token at Payme, once it is over', async () => {
      const { id } = await told();
      await world.payments.cancel(id);
      await world.reconciler.runOnce();
      assert.deepEqual(
        (await world.store.attempts(id)).map(({ sealed }) => sealed),
        [null],
      );
      assert.equal(tokens().at(-1)?.removed, true);
    });

    for (const [number, code] of [
      ['8600060921090842', 'card_sms_off'],
      ['3333336415804657', 'card_sms_off'],
      ['4444445987459073', 'card_sms_off'],
      ['8600143417770323', 'provider_unavailable'],
    ] as const) {
      it(`ending in ${number.slice(-4)} is refused: ${code}`, async () => {
        const { view } = await told({ number });
        assert.deepEqual(state(view), ['open', 'enter_card', code]);
      });
    }

    it('that is declined when it pays says so, and another one pays', async () => {
      const { id } = await told({ number: '8600134301849596' });
      assert.deepEqual(state(await world.code(id)), ['open', 'enter_card', 'card_declined']);
      const { state: receipt, debits } = world.simulator.ledger().receipts.at(-1) ?? assert.fail();
      assert.deepEqual([receipt, debits], [50, []], 'a receipt that could still be paid');
      await world.card(id);
      assert.deepEqual(state(await world.code(id)), paid);
    });

    it('with too little on it says so, and its receipt can never be paid any more', async () => {
      await world.control('settings', { balances: { [goodCard.number]: 499_999 } });
      const { id } = await told();
      assert.deepEqual(state(await world.code(id)), ['open', 'enter_card', 'insufficient_funds']);
      assert.equal(world.simulator.ledger().receipts.at(-1)?.state, 50);
    });

    it('that Payme does not know is refused, at its field', async () => {
      const { view } = await told({ number: '8600069195406312' });
      assert.deepEqual([view.problem?.code, view.problem?.field], ['card_number', 'number']);
    });

    it('that is none is refused without a call', async () => {
      const id = await world.pay();
      const before = calls();
      await assert.rejects(world.card(id, { number: '8600 0691' }), refusedAs('card_number'));
      await assert.rejects(world.card(id, { expire: '13/99' }), refusedAs('card_expire'));
      assert.equal(calls(), before);
      assert.equal((await world.payments.view(id)).status, 'open');
      await world.card(id);
      await assert.rejects(world.code(id, '12'), refusedAs('sms_code_format'));
    });

    it('goes on with the token that Payme answers', async () => {
      await world.control('settings', { rotateToken: true });
      const { id } = await told();
      assert.deepEqual(state(await world.code(id)), paid);
      const rotated = tokens().at(-1)?.tokens ?? [];
      assert.equal(rotated.length, 2);
      assert.equal(world.calls('receipts.pay').at(-1)?.token, rotated[1]);
    });

    it('whose code was confirmed, though no answer came, pays by what Payme says of it', async () => {
      await world.control('faults', { op: 'cards.verify', when: 'after', kind: 'reset' });
      const { id } = await told();
      const verified = calls('cards.verify');
      assert.deepEqual(state(await world.code(id)), paid);
      assert.equal(calls('cards.verify'), verified + 1, 'a code was sent twice');
    });

    it('whose code never arrived is asked for it again', async () => {
      await world.control('faults', { op: 'cards.verify', when: 'before', kind: 'reset' });
      const { id } = await told();
      assert.deepEqual(state(await world.code(id)), ['awaiting_customer', 'enter_card_code', 'provider_unavailable']);
      assert.deepEqual(state(await world.code(id)), paid);
    });

    it('whose SMS was not answered asks for the code all the same, and for no second SMS', async () => {
      const before = calls('cards.get_verify_code');
      await world.control('faults', { op: 'cards.get_verify_code', when: 'after', kind: 'reset' });
      const { id, view } = await told();
      assert.deepEqual([...state(view), asked(view).phone], ['awaiting_customer', 'enter_card_code', null, null]);
      assert.equal(calls('cards.get_verify_code'), before + 1);
      assert.deepEqual(state(await world.code(id)), paid);
    });

    it('was never told wrong of anything', () => assert.deepEqual(world.failures, []));
  });
}
