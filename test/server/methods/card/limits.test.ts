/** Rate limits: tries of cards, SMS and codes are counted in rows, which survive a restart and are shared by all processes. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type CardTestBed, createCardTestBed } from '../../../support/card-test-bed.ts';
import { usualEngines } from '../../../support/engines.ts';
import { merchant } from '../../../support/method-test-bed.ts';

const wrong = '000000';
const usual = { cardsPerAddress: 10, smsPerPhone: 3 };
const minuteMs = 60_000;

for (const engine of usualEngines) {
  describe(`limits of cards (${engine.name})`, { skip: engine.skip }, () => {
    let database: { url: string; drop(): Promise<void> };
    const sealingKey = Buffer.alloc(32, 7);
    const testBeds: CardTestBed[] = [];
    const open = async (limits: object = {}) => {
      const testBed = await createCardTestBed({ databaseUrl: database.url, sealingKey, settings: { limits } });
      testBeds.push(testBed);
      return testBed;
    };
    let testBed: CardTestBed;
    before(async () => {
      database = await engine.create();
      testBed = await open();
    });
    after(async () => {
      for (const one of testBeds) await one.close();
      await database.drop();
    });
    let orders = 0;
    const pay = (on: CardTestBed, own = {}) => {
      orders += 1;
      return on.pay({ orderId: `limited-${orders}`, ...own });
    };

    it('five cards for one payment in an hour', async () => {
      const id = await pay(testBed, { expiresIn: 24 * 3_600 });
      const creates = () => testBed.calls('cards.create').length;
      for (let card = 0; card < 5; card += 1) await testBed.card(id);
      const before = creates();
      await assert.rejects(testBed.card(id), /too_many_attempts/);
      assert.equal(creates(), before, 'a sixth card was sent to Payme');
      assert.equal((await testBed.payments.view(id)).nextAction.kind, 'enter_card_code', 'the card before is lost');
      testBed.clock.advance(61 * minuteMs);
      assert.equal((await testBed.card(id)).status, 'awaiting_customer');
    });

    for (const [what, first, same, another] of [
      ['an IPv4 address', '198.51.100.1', '::ffff:198.51.100.1', '198.51.100.2'],
      ['a /64 of IPv6', '2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '2001:db8:1:3::1'],
    ] as const) {
      it(`so many cards from ${what}, in all processes and after a restart`, async () => {
        const limits = { cardsPerAddress: 3 };
        const [one, other] = [await open(limits), await open(limits)];
        await one.card(await pay(one), {}, first);
        await other.card(await pay(other), {}, same);
        await one.card(await pay(one), {}, first);
        const restarted = await open(limits);
        for (const process of [one, other, restarted]) {
          await assert.rejects(process.card(await pay(process), {}, same), /too_many_attempts/);
          assert.equal((await process.card(await pay(process), {}, another).catch(() => null)) === null, false);
          assert.equal(process.calls('cards.create').length <= 3, true);
        }
        restarted.clock.advance(61 * minuteMs);
        assert.equal((await restarted.card(await pay(restarted), {}, first)).status, 'awaiting_customer');
      });
    }

    for (const [what, limits, ip] of [
      ['cards', { cardsPerAddress: 2 }, '198.51.100.44'],
      ['SMS', { smsPerAddress: 2 }, '198.51.100.45'],
    ] as const) {
      it(`so many ${what} from one address at each merchant: what is used up at one of them is not at another`, async () => {
        const shared = await createCardTestBed({ databaseUrl: database.url, settings: { limits }, sharer: 'other-shop' });
        testBeds.push(shared);
        for (let n = 0; n < 2; n += 1) await shared.card(await pay(shared), {}, ip);
        // The first one beyond the limit has a turn.
        await shared.card(await pay(shared), {}, ip).catch(() => undefined);
        await assert.rejects(shared.card(await pay(shared), {}, ip), /too_many_attempts/);
        const order = {
          amount: 500_000,
          currency: 'UZS',
          orderId: `elsewhere-${what}`,
          label: 'customer',
          phone: '998901304527',
        };
        const elsewhere = await shared.payments.create({ ...merchant, id: 'other-shop' }, order);
        assert.equal((await shared.card(elsewhere, {}, ip)).nextAction.kind, 'enter_card_code');
      });
    }

    it('three tries for one SMS, though fifty come at once', async () => {
      const id = await pay(testBed);
      await testBed.card(id);
      const verified = () => testBed.calls('cards.verify').length;
      const before = verified();
      for (let round = 0; round < 5; round += 1)
        await Promise.all(Array.from({ length: 10 }, () => testBed.code(id, wrong).catch(() => undefined)));
      assert.ok(verified() - before >= 1 && verified() - before <= 3, `${verified() - before} guesses`);
      const fresh = await pay(testBed);
      await testBed.card(fresh);
      const start = verified();
      await Promise.all(Array.from({ length: 50 }, () => testBed.code(fresh, wrong).catch(() => undefined)));
      assert.ok(verified() - start <= 3, `${verified() - start} guesses at once`);
    });

    it('five wrong codes for one saved card in a day, whatever payment they are for', async () => {
      const first = await pay(testBed, { label: 'saver' });
      await testBed.card(first, { save: true });
      await testBed.code(first);
      await testBed.reconciler.runOnce();
      const [card] = await testBed.store.cards(merchant.id, 'saver');
      const ids = [await pay(testBed, { label: 'saver' }), await pay(testBed, { label: 'saver' })];
      for (const id of ids) await testBed.saved(id, card?.id ?? assert.fail());
      const verified = () => testBed.calls('cards.verify').length;
      const before = verified();
      for (let round = 0; round < 2; round += 1) {
        for (const id of [...ids, ...ids]) await testBed.code(id, wrong).catch(() => undefined);
        testBed.clock.advance(minuteMs);
        for (const id of ids) await testBed.resend(id).catch(() => undefined);
      }
      assert.equal(verified() - before, 5, 'guesses');
      const next = await pay(testBed, { label: 'saver' });
      const sms = testBed.calls('cards.get_verify_code').length;
      assert.equal((await testBed.saved(next, card?.id ?? '')).problem?.code, 'too_many_attempts');
      assert.equal(testBed.calls('cards.get_verify_code').length, sms, 'another SMS was sent');
    });

    it('five wrong codes for one saved card, though twenty payments try at once; a right code does not count', async () => {
      const pays = (label = 'guessed') => pay(testBed, { label });
      const first = await pays();
      await testBed.card(first, { save: true }, '203.0.113.99');
      await testBed.code(first);
      await testBed.reconciler.runOnce();
      const [card] = await testBed.store.cards(merchant.id, 'guessed');
      const begun = async () => {
        const id = await pays();
        await testBed.saved(id, card?.id ?? assert.fail());
        return id;
      };
      for (let right = 0; right < 6; right += 1) assert.equal((await testBed.code(await begun())).status, 'succeeded');
      const ids: string[] = [];
      while (ids.length < 20) ids.push(await begun());
      const before = testBed.calls('cards.verify').length;
      await Promise.all(ids.map((id) => testBed.code(id, wrong).catch(() => undefined)));
      assert.equal(testBed.calls('cards.verify').length - before, 5, 'guesses');
    });

    it('three SMS to the phone of a card, however often another is requested', async () => {
      const strict = await open(usual);
      const id = await pay(strict);
      await strict.card(id, { number: '8600495473316478' });
      const sent = () => strict.calls('cards.get_verify_code').length;
      for (let tries = 0; tries < 300; tries += 1) {
        strict.clock.advance(1_970);
        await strict.resend(id).catch(() => undefined);
      }
      assert.equal(sent(), 3);
      assert.equal((await strict.payments.view(id)).nextAction.kind, 'enter_card_code');
      const other = await pay(strict);
      assert.equal((await strict.card(other, { number: '8600495473316478' })).problem?.code, 'too_many_attempts');
      assert.equal(sent(), 3, 'the same phone, for another payment');
    });

    it('five SMS for one payment', async () => {
      const id = await pay(testBed, { expiresIn: 24 * 3_600 });
      await testBed.card(id);
      const sent = () => testBed.calls('cards.get_verify_code').length;
      const before = sent();
      for (let tries = 0; tries < 4; tries += 1) {
        testBed.clock.advance(minuteMs);
        await testBed.resend(id);
      }
      await assert.rejects(testBed.resend(id), /too_many_attempts/);
      assert.equal(sent() - before, 4);
      const { nextAction } = await testBed.payments.view(id);
      assert.equal(nextAction.kind === 'enter_card_code' && nextAction.resendAt, null, 'another one is promised');
      assert.equal((await testBed.code(id)).status, 'succeeded', 'the last one is good');
    });

    it('an SMS beyond the limit leaves the code that was sent before valid', async () => {
      const strict = await open(usual);
      const submitAndResend = async () => {
        const id = await pay(strict);
        return { id, view: await strict.card(id, { number: '8600060921090842' }) };
      };
      await strict.control('settings', { failAt: { 8600060921090842: null } });
      const { id } = await submitAndResend();
      strict.clock.advance(50_000);
      await submitAndResend();
      await submitAndResend();
      strict.clock.advance(10_000 - 1);
      await assert.rejects(strict.resend(id), /too_many_attempts/);
      strict.clock.advance(1);
      await strict.control('settings', { waitMs: 10 * minuteMs });
      const { status, nextAction, problem } = await strict.resend(id);
      assert.deepEqual([status, nextAction.kind, problem?.code], ['awaiting_customer', 'enter_card_code', 'too_many_attempts']);
      const again = nextAction.kind === 'enter_card_code' ? (nextAction.resendAt ?? '') : '';
      assert.ok(Date.parse(again) > strict.clock.now() + minuteMs, 'the button promises what would be refused');
      assert.equal(strict.calls('cards.get_verify_code').length, 3);
      assert.equal((await strict.code(id)).status, 'succeeded');
    });

    it('an SMS that the phone’s limit refused is not counted for the payment', async () => {
      const strict = await open({ ...usual, smsPerPayment: 2 });
      // Other tests have sent SMS to this phone.
      strict.clock.advance(40 * 24 * 60 * minuteMs);
      const long = { expiresIn: 24 * 3_600 };
      const [one, other] = [await pay(strict, long), await pay(strict, long)];
      const card = { number: '8600495473316478' };
      await strict.card(one, card);
      await strict.card(other, card);
      strict.clock.advance(minuteMs);
      await strict.resend(other);
      assert.equal((await strict.resend(one)).problem?.code, 'too_many_attempts');
      strict.clock.advance(11 * minuteMs);
      assert.equal((await strict.resend(one)).problem, null);
      assert.equal(strict.calls('cards.get_verify_code').length, 4);
    });
  });
}
