/**
 * Cards that customers save: only with consent, only after they have paid, shown masked, confirmed before they pay, and deleted
 * when they are removed.
 */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { removeCard, savedCard } from '../../../../server/methods/card/saved-cards.ts';
import { type CardTestBed, createCardTestBed } from '../../../support/card-test-bed.ts';
import { usualEngines } from '../../../support/engines.ts';
import { merchant } from '../../../support/method-test-bed.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';

const other = '8600495473316478';

for (const engine of usualEngines) {
  describe(`a saved card (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: CardTestBed;
    withTestBed(
      engine,
      (databaseUrl) => createCardTestBed({ databaseUrl, timeoutMs: 1_000 }),
      (opened) => {
        testBed = opened;
      },
    );
    afterEach(async () => {
      await testBed.control('settings', { refuse: { 'cards.remove': null, 'cards.check': null }, rotateToken: false });
      await fetch(`${testBed.simulator.origin}/_/faults`, { method: 'DELETE' });
    });

    let customers = 0;
    const customer = () => {
      customers += 1;
      return `customer-${customers}`;
    };
    const offered = async (label: string) => {
      const { nextAction } = await testBed.payments.view(await testBed.pay({ label }));
      return nextAction.kind === 'enter_card' ? nextAction.saved : assert.fail(nextAction.kind);
    };
    const pay = async (label: string, own = {}) => {
      const id = await testBed.pay({ label });
      await testBed.card(id, { save: true, ...own });
      assert.equal((await testBed.code(id)).status, 'succeeded');
      await testBed.reconciler.runOnce();
    };
    const saved = async (label: string) => {
      await pay(label);
      const [card] = await offered(label);
      return card ?? assert.fail('it was not saved');
    };
    const accountOf = () => testBed.parts.account(merchant.id) ?? assert.fail();
    const remove = async (label: string, id: string) =>
      removeCard(testBed.parts, (await savedCard(testBed.parts, accountOf(), merchant.id, label, id)) ?? assert.fail());
    const newest = () => testBed.simulator.ledger().cards.at(-1) ?? assert.fail();
    const calls = (method: string) => testBed.calls(method).length;

    it('is offered, masked, once it has paid and its customer has consented', async () => {
      const label = customer();
      const { id, ...shown } = await saved(label);
      assert.deepEqual(shown, { number: '860006******6311' });
      assert.equal(newest().removed, false);
      assert.deepEqual(await offered(customer()), [], 'it is offered to another customer');
      assert.ok(id.startsWith('card_'));
    });

    it('is not saved without consent, nor if nothing was paid', async () => {
      const label = customer();
      await pay(label, { save: false });
      assert.deepEqual(await offered(label), []);
      const id = await testBed.pay({ label });
      await testBed.card(id, { save: true });
      await testBed.payments.abandon(id);
      const declined = await testBed.pay({ label });
      await testBed.card(declined, { save: true, number: '8600134301849596' });
      assert.equal((await testBed.code(declined)).status, 'open');
      await testBed.reconciler.runOnce();
      assert.deepEqual(await offered(label), []);
      assert.equal(newest().removed, true);
    });

    it('is shown, used and removed by its own customer alone, also if another customer requests the same order', async () => {
      const label = customer();
      const { id: cardId } = await saved(label);
      const orderId = `order of ${label}`;
      await testBed.pay({ label, orderId });
      const other = customer();
      await assert.rejects(testBed.pay({ label: other, orderId }), { code: 'order_conflict' });
      const id = await testBed.pay({ label: other });
      await assert.rejects(testBed.saved(id, cardId), { code: 'card_not_saved' });
      assert.equal(await savedCard(testBed.parts, accountOf(), merchant.id, other, cardId), null);
      assert.equal((await offered(label)).length, 1);
    });

    it('pays by an SMS code after it was checked, with the token that was saved', async () => {
      const label = customer();
      const { id: cardId } = await saved(label);
      const [creates, checks] = [calls('cards.create'), calls('cards.check')];
      const id = await testBed.pay({ label });
      const submitted = await testBed.saved(id, cardId);
      assert.deepEqual([submitted.status, submitted.nextAction.kind], ['awaiting_customer', 'enter_card_code']);
      assert.equal((await testBed.code(id)).status, 'succeeded');
      assert.deepEqual([calls('cards.create'), calls('cards.check')], [creates, checks + 1]);
      await testBed.reconciler.runOnce();
      assert.deepEqual([(await offered(label)).length, newest().removed], [1, false]);
    });

    it('pays by a click if the merchant has set that', async () => {
      const quick = await createCardTestBed({ settings: { confirmSaved: 'click' } });
      try {
        const first = await quick.pay();
        await quick.card(first, { save: true });
        await quick.code(first);
        await quick.reconciler.runOnce();
        const [card] = await quick.store.cards(merchant.id, 'customer');
        const sms = quick.calls('cards.get_verify_code').length;
        assert.equal((await quick.saved(await quick.pay(), card?.id ?? '')).status, 'succeeded');
        assert.equal(quick.calls('cards.get_verify_code').length, sms);
        assert.equal(quick.debits().length, 2);
      } finally {
        await quick.close();
      }
    });

    it('of somebody else pays nothing, and no call is made for it', async () => {
      const { id: cardId } = await saved(customer());
      const before = testBed.simulator.ledger().calls.length;
      const id = await testBed.pay({ label: customer() });
      await assert.rejects(testBed.saved(id, cardId), /card_not_saved/);
      await assert.rejects(testBed.saved(id, 'card_nobody'), /card_not_saved/);
      assert.equal(testBed.simulator.ledger().calls.length, before);
    });

    it('that is saved twice is listed once, with the newer token', async () => {
      const label = customer();
      await saved(label);
      const first = newest().token;
      await pay(label, { number: other });
      await pay(label);
      await testBed.reconciler.runOnce();
      const cards = await offered(label);
      assert.deepEqual(cards.map(({ number }) => number).sort(), ['860006******6311', '860049******6478']);
      assert.equal(testBed.simulator.ledger().cards.find(({ token }) => token === first)?.removed, true);
      assert.equal(newest().removed, false);
    });

    it('that is removed is offered no more at once, and gone at Payme as soon as it can be reached', async () => {
      const label = customer();
      const { id } = await saved(label);
      for (let nth = 1; nth <= 3; nth += 1)
        await testBed.control('faults', { op: 'cards.remove', nth, when: 'before', kind: 'http500' });
      await remove(label, id);
      assert.deepEqual(await offered(label), []);
      for (let passed = 0; passed < 20; passed += 1) {
        testBed.clock.advance(120_000);
        await testBed.reconciler.runOnce();
      }
      assert.equal(newest().removed, true);
      assert.equal(await testBed.store.card(id), null, 'its token is still stored');
    });

    for (const code of [-32400, -32504, -31002]) {
      it(`that Payme does not remove (${code}) is removed later`, async () => {
        const label = customer();
        const { id } = await saved(label);
        await testBed.control('settings', { refuse: { 'cards.remove': code } });
        await remove(label, id);
        const leftover = await testBed.pay({ label });
        await testBed.card(leftover, { number: other });
        await testBed.payments.abandon(leftover);
        await testBed.reconciler.runOnce();
        await testBed.control('settings', { refuse: { 'cards.remove': null } });
        for (let passed = 0; passed < 20; passed += 1) {
          testBed.clock.advance(120_000);
          await testBed.reconciler.runOnce();
        }
        assert.deepEqual(
          testBed.simulator
            .ledger()
            .cards.slice(-2)
            .map(({ removed }) => removed),
          [true, true],
        );
      });
    }

    it('does not delay others while Payme cannot be reached to remove it', async () => {
      for (let count = 0; count < 25; count += 1) {
        const id = await testBed.pay({ label: customer() });
        await testBed.card(id, { number: other });
        await testBed.payments.abandon(id);
        await testBed.control('faults', { op: 'cards.remove', when: 'before', kind: 'http500' });
      }
      const before = calls('cards.remove');
      const label = customer();
      await pay(label);
      assert.deepEqual([(await offered(label)).length, calls('cards.remove')], [1, before + 1]);
      testBed.clock.advance(120_000);
    });

    it('that Payme has forgotten is reported so, and is offered no more', async () => {
      const label = customer();
      const { id: cardId } = await saved(label);
      await testBed.control('settings', { refuse: { 'cards.check': -31400 } });
      const id = await testBed.pay({ label });
      assert.equal((await testBed.saved(id, cardId)).problem?.code, 'card_not_saved');
      assert.deepEqual(await offered(label), []);
      await assert.rejects(testBed.saved(id, cardId), /card_not_saved/);
    });

    it('with a token that is no longer confirmed is offered no more either', async () => {
      const label = customer();
      const { id: cardId } = await saved(label);
      await testBed.control('settings', { refuse: { 'cards.check': -32500 } });
      assert.equal((await testBed.saved(await testBed.pay({ label }), cardId)).problem?.code, 'card_not_saved');
      assert.deepEqual(await offered(label), []);
    });

    for (const [code, problem] of [
      [-31301, 'card_sms_disabled'],
      [-31630, 'card_declined'],
    ] as const) {
      it(`that is refused when it is checked (${code}) is reported with the reason, and stays saved`, async () => {
        const label = customer();
        const { id: cardId } = await saved(label);
        await testBed.control('settings', { refuse: { 'cards.check': code } });
        assert.equal((await testBed.saved(await testBed.pay({ label }), cardId)).problem?.code, problem);
        assert.equal((await offered(label)).length, 1);
      });
    }

    for (const when of ['before', 'after'] as const) {
      it(`pays nothing by a wrong code whose answer is lost ${when} it was checked`, async () => {
        const label = customer();
        const { id: cardId } = await saved(label);
        const id = await testBed.pay({ label });
        await testBed.saved(id, cardId);
        const debits = testBed.debits().length;
        await testBed.control('faults', { op: 'cards.verify', when, kind: 'reset' });
        const view = await testBed.code(id, '000000');
        assert.deepEqual([view.status, view.problem?.code], ['awaiting_customer', 'provider_unavailable']);
        assert.equal(testBed.debits().length, debits, 'charged without its code');
        assert.equal((await testBed.code(id)).status, 'succeeded');
      });
    }

    it('that is removed does not come back by an older write', async () => {
      const label = customer();
      const { id: cardId } = await saved(label);
      const older = (await testBed.store.card(cardId)) ?? assert.fail();
      await remove(label, cardId);
      await testBed.store.updateCard(older);
      assert.deepEqual(await offered(label), []);
    });

    it('stays if Payme only cannot be reached', async () => {
      const label = customer();
      const { id: cardId } = await saved(label);
      await testBed.control('settings', { refuse: { 'cards.check': -32400 } });
      const id = await testBed.pay({ label });
      assert.equal((await testBed.saved(id, cardId)).problem?.code, 'provider_unavailable');
      assert.equal((await offered(label)).length, 1);
    });

    it('keeps the token that Payme returned last', async () => {
      const label = customer();
      const { id: cardId } = await saved(label);
      await testBed.control('settings', { rotateToken: true });
      const id = await testBed.pay({ label });
      await testBed.saved(id, cardId);
      await testBed.code(id);
      await testBed.reconciler.runOnce();
      const card = (await testBed.store.card(cardId)) ?? assert.fail();
      assert.ok(testBed.sealer.open(card.sealed, card.id).startsWith(newest().tokens.at(-1) ?? 'none'));
      assert.equal(newest().tokens.length, 2);
    });

    it('that was removed while it paid with another token stays removed', async () => {
      const label = customer();
      const { id: cardId } = await saved(label);
      await testBed.control('settings', { rotateToken: true });
      const id = await testBed.pay({ label });
      await testBed.saved(id, cardId);
      await testBed.code(id);
      await remove(label, cardId);
      await testBed.reconciler.runOnce();
      assert.deepEqual(await offered(label), []);
      assert.equal(newest().removed, true);
    });

    it('ends without an unexpected failure', () => {
      const text = JSON.stringify(testBed.failures, (_key, value) => (value instanceof Error ? value.message : value));
      // The only decline that is reported to the operator was caused by a test.
      assert.deepEqual(testBed.failures.length - text.split('-32504').length + 1, 0, text);
    });
  });
}
