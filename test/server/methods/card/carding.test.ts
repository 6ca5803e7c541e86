/**
 * Somebody tests stolen cards, or has SMS sent to strangers, from twelve addresses; and customers of the same merchant, some behind
 * one of these addresses, pay meanwhile. The bounds and the promises are those of server/methods/card/README.md.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { type CardTestBed, createCardTestBed, manyCards } from '../../../support/card-test-bed.ts';
import { type Engine, usualEngines } from '../../../support/engines.ts';

const declinedCard = { number: '8600060921090842' };
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
/** New customers of one merchant together, and of one address, have one turn in so long. */
const [merchantTurn, addressTurn] = [30 * second, 5 * minute];

const addresses = Array.from({ length: 12 }, (_, n) => (n % 2 ? `2001:db8:${n}::1` : `198.51.100.${n}`));
const carrier = addresses[0] ?? '';

/** What a refusal tells the customer: how many milliseconds to wait. Null for anything but a limit. */
const waitOf = (testBed: CardTestBed) => (cause: unknown) =>
  cause instanceof ProblemError && cause.code === 'too_many_attempts'
    ? Date.parse(cause.extras.retryAt ?? assert.fail('nobody says until when')) - testBed.clock.now()
    : assert.fail(String(cause));

async function withBeds(engine: Engine, limits: object, work: (testBed: CardTestBed, another: CardTestBed) => Promise<void>) {
  const database = await engine.create();
  const options = {
    databaseUrl: database.url,
    sealingKey: Buffer.alloc(32, 5),
    settings: { limits: { ...manyCards, ...limits } },
  };
  const testBed = await createCardTestBed(options);
  const another = await createCardTestBed({ ...options, beside: testBed });
  try {
    await work(testBed, another);
  } finally {
    await another.close();
    await testBed.close();
    await database.drop();
  }
}

let customers = 0;
const newLabel = () => {
  customers += 1;
  return `customer-${customers}`;
};

/** A customer who has paid at this merchant before. @returns Their label. */
async function knownCustomer(testBed: CardTestBed): Promise<string> {
  const label = newLabel();
  const id = await testBed.pay({ label, orderId: `before-${label}` });
  await testBed.card(id, {}, '192.0.2.1');
  assert.equal((await testBed.code(id)).status, 'succeeded');
  return label;
}

/** Pays an order of this customer at once: the card, its SMS, the code. */
async function pays(testBed: CardTestBed, label: string, ip: string): Promise<void> {
  const id = await testBed.pay({ label, orderId: `pays-${newLabel()}` });
  assert.equal((await testBed.card(id, {}, ip)).nextAction.kind, 'enter_card_code');
  assert.equal((await testBed.code(id)).status, 'succeeded');
}

/** 120 cards, a payment and a label for each, one in a second. @returns How many Payme was asked about. */
async function run(testBeds: readonly CardTestBed[], card: object): Promise<number> {
  let taken = 0;
  for (let n = 0; n < 120; n += 1) {
    const testBed = testBeds[n % testBeds.length] ?? assert.fail();
    const id = await testBed.pay({ label: newLabel(), orderId: `run-${customers}` });
    await testBed.card(id, card, addresses[n % addresses.length]).then(() => {
      taken += 1;
    }, waitOf(testBed));
    testBed.clock.advance(second);
  }
  return taken;
}
const turns = Math.ceil((120 * second) / merchantTurn);

for (const engine of usualEngines) {
  describe(`a carding run (${engine.name})`, { skip: engine.skip }, () => {
    it('with cards that get an SMS makes no more of them than the merchant’s budget and the turns after it', async () => {
      await withBeds(engine, { smsPerMerchant: 20 }, async (testBed, another) => {
        const known = await knownCustomer(testBed);
        const sent = () => testBed.calls('cards.get_verify_code').length;
        const before = sent();
        const taken = await run([testBed, another], {});
        assert.equal(taken, sent() - before);
        assert.ok(taken <= 20 + turns + 1, `${taken} SMS`);
        assert.equal(testBed.calls('cards.create').length - before, taken, 'a card was asked about without a budget for its SMS');
        const alarms = [...testBed.failures, ...another.failures].map((failure) => String(Object(failure).cause?.message));
        assert.deepEqual(alarms, ['20 SMS of books have led to no payment today']);

        // Who has paid before gets their SMS, also behind an address of the run.
        await pays(another, known, carrier);
        // A new customer waits for their turn, and is told how long. Another process knows as much.
        const id = await testBed.pay({ label: newLabel(), orderId: 'new' });
        const wait = await another.card(id, {}, '192.0.2.9').then(() => 0, waitOf(testBed));
        assert.ok(wait <= merchantTurn, `${wait}`);
        testBed.clock.advance(wait);
        assert.equal((await testBed.card(id, {}, '192.0.2.9')).nextAction.kind, 'enter_card_code');
        // An SMS that was sent keeps its code, and another one of it waits too.
        testBed.clock.advance(minute);
        await testBed.resend(id);
        assert.equal((await testBed.code(id)).status, 'succeeded');
        testBed.clock.advance(24 * hour);
        for (let n = 0; n < 3; n += 1) await pays(testBed, newLabel(), '192.0.2.9');
      });
    });

    it('with cards that are declined slows new customers down, and nobody who has paid before', async () => {
      await withBeds(engine, { breakerCards: 20 }, async (testBed, another) => {
        const known = await knownCustomer(testBed);
        const before = testBed.calls('cards.create').length;
        const taken = await run([testBed, another], declinedCard);
        assert.equal(testBed.calls('cards.create').length - before, taken);
        assert.ok(taken <= 20 + turns + 1, `${taken} cards`);
        const alarms = [...testBed.failures, ...another.failures].map((failure) => String(Object(failure).cause?.message));
        assert.equal(alarms.length, 1);
        assert.match(alarms[0] ?? '', /^stolen cards may be tested at books: \d+ of \d+ cards were declined in 10 minutes$/);

        await pays(another, known, carrier);
        const id = await another.pay({ label: newLabel(), orderId: 'new' });
        const wait = await another.card(id, {}, '192.0.2.9').then(() => 0, waitOf(testBed));
        assert.ok(wait <= merchantTurn, `${wait}`);
        // Once the run is over, everybody pays at the first try again.
        testBed.clock.advance(10 * minute);
        for (let n = 0; n < 3; n += 1) await pays(testBed, newLabel(), carrier);
      });
    });

    it('does not take a shop for one whose customers mistype: a third of the cards declined slows nobody down', async () => {
      await withBeds(engine, { breakerCards: 6 }, async (testBed) => {
        for (let n = 0; n < 12; n += 1) {
          const id = await testBed.pay({ label: newLabel(), orderId: `mistyped-${n}` });
          if (n % 3 === 0) assert.equal((await testBed.card(id, declinedCard)).problem?.code, 'card_sms_disabled');
          assert.equal((await testBed.card(id)).nextAction.kind, 'enter_card_code');
        }
        assert.deepEqual(testBed.failures, []);
      });
    });

    it('behind a carrier’s address lets those who have paid before through, and a new customer each five minutes', async () => {
      await withBeds(engine, { cardsPerAddress: 4, smsPerAddress: 4 }, async (testBed) => {
        const known = await knownCustomer(testBed);
        const submit = async () => {
          const id = await testBed.pay({ label: newLabel(), orderId: `carrier-${customers}` });
          return testBed.card(id, {}, carrier).then(() => 0, waitOf(testBed));
        };
        const waits: number[] = [];
        for (let n = 0; n < 7; n += 1) waits.push(await submit());
        assert.deepEqual(waits, [0, 0, 0, 0, addressTurn, addressTurn, addressTurn]);
        await pays(testBed, known, carrier);
        await pays(testBed, newLabel(), '192.0.2.10');
        testBed.clock.advance(addressTurn);
        assert.equal(await submit(), 0);
        assert.equal(await submit(), addressTurn);
        testBed.clock.advance(hour);
        assert.equal(await submit(), 0);
      });
    });

    it('that has paid once with a stolen card passes twenty times in a day, and then waits like any other', async () => {
      await withBeds(engine, { cardsPerAddress: 1 }, async (testBed) => {
        const label = await knownCustomer(testBed);
        let taken = 0;
        for (let n = 0; n < 30; n += 1) {
          const id = await testBed.pay({ label, orderId: `thief-${n}` });
          taken += await testBed.card(id, declinedCard, carrier).then(
            () => 1,
            () => 0,
          );
        }
        assert.equal(taken, 1 + 20);
      });
    });
  });
}

describe('an SMS to a phone', () => {
  it('is counted by the digits that Payme shows: beyond them no other one is sent, and the code before stays valid', async (t) => {
    const testBed = await createCardTestBed({ settings: { limits: { smsPerMaskedPhone: 2 } } });
    t.after(() => testBed.close());
    const id = await testBed.pay({ label: 'stranger' });
    await testBed.card(id);
    testBed.clock.advance(minute);
    await testBed.resend(id);
    testBed.clock.advance(minute);
    await testBed.control('settings', { waitMs: 10 * minute });
    const { nextAction, problem } = await testBed.resend(id);
    assert.equal(problem?.code, 'too_many_attempts');
    assert.equal(nextAction.kind === 'enter_card_code' && nextAction.resendAt, problem.retryAt);
    assert.equal(testBed.calls('cards.get_verify_code').length, 2);
    assert.equal((await testBed.code(id)).status, 'succeeded');
  });

  it('is requested once, although the answer is lost', async (t) => {
    const testBed = await createCardTestBed({ timeoutMs: 300 });
    t.after(() => testBed.close());
    for (const kind of ['timeout', 'reset', 'http500'] as const) {
      await testBed.control('faults', { op: 'cards.get_verify_code', when: 'after', kind });
      const before = testBed.calls('cards.get_verify_code').length;
      const id = await testBed.pay();
      assert.equal((await testBed.card(id)).nextAction.kind, 'enter_card_code', kind);
      await testBed.later(10 * second);
      assert.equal(testBed.calls('cards.get_verify_code').length - before, 1, kind);
      assert.equal((await testBed.code(id)).status, 'succeeded');
    }
  });
});
