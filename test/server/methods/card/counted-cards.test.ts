/** What counts as a card that was tried: only what Payme was really asked, and nothing that has paid. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CardTestBed, createCardTestBed } from '../../../support/card-test-bed.ts';
import { usualEngines } from '../../../support/engines.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';
import { createCardHttpTestBed } from './card-http-test-bed.ts';

const limits = { cardsPerAddress: 2, cardsPerPayment: 3 };
const declinedCard = { number: '8600060921090842' };
const hourMs = 3_600_000;

for (const engine of usualEngines) {
  describe(`a card that was tried (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: CardTestBed;
    let url: string;
    withTestBed(
      engine,
      (databaseUrl) => createCardTestBed({ databaseUrl, settings: { limits } }),
      (opened, databaseUrl) => {
        testBed = opened;
        url = databaseUrl;
      },
    );
    let addresses = 0;
    const address = () => {
      addresses += 1;
      return `198.51.100.${addresses}`;
    };
    let customers = 0;
    /** A payment of a customer who has not paid before, since those need not wait. */
    const payOfNewCustomer = () => {
      customers += 1;
      return testBed.pay({ label: `new-${customers}` });
    };
    /** How many more cards new customers may try from the address now. */
    async function left(ip: string): Promise<number> {
      for (let tried = 0; ; tried += 1) {
        const view = await testBed.card(await payOfNewCustomer(), declinedCard, ip).catch(() => null);
        if (view === null) return tried;
        assert.equal(view.problem?.code, 'card_sms_disabled');
      }
    }
    const pays = async (ip: string, own = {}) => {
      const id = await payOfNewCustomer();
      assert.equal((await testBed.card(id, own, ip)).nextAction.kind, 'enter_card_code');
      return id;
    };

    for (const [what, close, code] of [
      ['canceled', (id: string) => testBed.payments.cancel(id), 'payment_expired'],
      ['expired', async () => testBed.clock.advance(3 * hourMs), 'payment_expired'],
      ['paid', (id: string) => testBed.card(id).then(() => testBed.code(id)), 'payment_processing'],
    ] as const)
      it(`is none of ten made-up numbers at a payment that is ${what}`, async () => {
        const ip = address();
        const id = await testBed.pay();
        await close(id);
        const creates = testBed.calls('cards.create').length;
        for (let n = 0; n < 10; n += 1)
          await assert.rejects(testBed.card(id, { number: `86000691954063${10 + n}` }, ip), new RegExp(code));
        assert.equal(testBed.calls('cards.create').length, creates);
        assert.equal(await left(ip), limits.cardsPerAddress);
      });

    it('is declined, or waits for its code', async () => {
      const ip = address();
      await pays(ip);
      assert.equal(await left(ip), limits.cardsPerAddress - 1);
    });

    it('is given back once it has paid, so any number of customers of one address pay one after the other', async () => {
      const ip = address();
      for (let n = 0; n < 5; n += 1) {
        const id = await pays(ip, n % 2 ? { number: '8600495473316478' } : {});
        assert.equal((await testBed.code(id)).status, 'succeeded');
      }
      assert.equal(await left(ip), limits.cardsPerAddress);
    });

    it('is given back where a lost answer turns out to be paid, by whatever process, and once', async () => {
      const ip = address();
      const id = await pays(ip);
      await pays(ip);
      await testBed.control('faults', { op: 'receipts.pay', when: 'after', kind: 'reset' });
      assert.equal((await testBed.code(id)).status, 'processing');
      assert.equal((await testBed.untilSettled(id)).status, 'succeeded');
      await testBed.payments.recheck(id);
      await testBed.later(1_000);
      assert.equal(await left(ip), 1);
    });

    it('is none that Payme was not asked about, or could not answer for', async () => {
      const ip = address();
      const id = await testBed.pay({ expiresIn: 24 * 3_600 });
      for (const kind of ['http500', 'reset', 'malformed', 'html', 'http500'] as const) {
        await testBed.control('faults', { op: 'cards.create', when: 'before', kind });
        assert.equal((await testBed.card(id, {}, ip)).problem?.code, 'provider_unavailable', kind);
      }
      assert.equal((await testBed.card(id, { number: '8600143417770323' }, ip)).problem?.code, 'provider_unavailable');
      assert.equal((await testBed.card(id, {}, ip)).nextAction.kind, 'enter_card_code');
      assert.equal(await left(ip), limits.cardsPerAddress - 1);
    });

    it('counts once for a double click, of which one click goes on', async () => {
      const ip = address();
      await pays(ip);
      const id = await payOfNewCustomer();
      const clicks = await Promise.allSettled([1, 2, 3].map(() => testBed.card(id, {}, ip)));
      const refused = clicks.flatMap((click) => (click.status === 'rejected' ? [String(click.reason.code)] : []));
      // Chance decides which click is counted first and which is first at the payment; one of them goes on.
      assert.equal(refused.length, 2);
      for (const code of refused) assert.ok(code === 'payment_processing' || code === 'too_many_attempts', code);
      assert.equal((await testBed.payments.view(id)).nextAction.kind, 'enter_card_code');
      assert.equal((await testBed.code(id)).status, 'succeeded');
      assert.equal(await left(ip), 1);
    });

    it('counts its SMS neither where none was sent nor where it paid', async () => {
      const { sealingKey } = testBed;
      const settings = { limits: { smsPerPhone: 2 } };
      const strict = await createCardTestBed({ databaseUrl: url, sealingKey, settings, beside: testBed });
      const card = { number: '8600495473316478' };
      strict.clock.advance(hourMs);
      const submit = async () => {
        const id = await testBed.pay();
        return { id, view: await strict.card(id, card, address()) };
      };
      await strict.control('settings', { refuse: { 'cards.get_verify_code': -31110 } });
      for (let n = 0; n < 2; n += 1) assert.equal((await submit()).view.problem?.code, 'sms_not_sent');
      await strict.control('settings', { refuse: { 'cards.get_verify_code': null } });
      for (let n = 0; n < 3; n += 1) assert.equal((await strict.code((await submit()).id)).status, 'succeeded', `payment ${n}`);
      for (let n = 0; n < 2; n += 1) assert.equal((await submit()).view.nextAction.kind, 'enter_card_code');
      const { view } = await submit();
      assert.equal(view.problem?.code, 'too_many_attempts');
      assert.ok(Date.parse(view.problem?.retryAt ?? '') > strict.clock.now());
      await strict.close();
    });
  });
}

describe('a card over HTTP that is sent again', () => {
  it('counts once for one Idempotency-Key, also when many requests with it come at once', async () => {
    const testBed = await createCardHttpTestBed(undefined, { cardsPerAddress: 2 });
    const [first, second, third] = [await testBed.create(), await testBed.create(), await testBed.create()];
    const once = { 'idempotency-key': '0123456789abcdef0123456789abcdef' };
    await Promise.all(Array.from({ length: 8 }, () => first.card({}, once)));
    assert.equal((await first.card({}, once)).status, 200);
    assert.equal((await second.card({}, once)).status, 200);
    const refused = await third.card({}, once);
    assert.deepEqual([refused.status, refused.body.code], [429, 'too_many_attempts']);
    await testBed.close();
  });
});
