/**
 * Somebody guesses codes from a thousand addresses for a day, where a hundred thousand codes are live; and what the answers
 * reveal to them.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { pattern } from '../../../../demo/simulators/paycodes/seed.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { engines } from '../../../support/engines.ts';
import { createPayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { allRules } from './all-rules.ts';
import { createPayCodeHttpTestBed, type PayCodeHttpTestBed } from './pay-code-http-test-bed.ts';

const signs = pattern.pattern;
/** The same guesses in every run, drawn by a linear congruential generator. */
function guesser(seed: number) {
  let state = seed;
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
  return { next, code: () => Array.from({ length: 8 }, () => signs[Math.floor(next() * signs.length)]).join('') };
}
const tooMany = (cause: unknown) => cause instanceof ProblemError && cause.code === 'too_many_attempts';

describe('guessing for a day', () => {
  it('stays within what the limits allow: so many upstream reads, so many hits by luck', async (t) => {
    const live = 100_000;
    const addresses = 1_000;
    const limits = { wrongPerAddress: 1, shownPerAddress: 1, wrongPerMerchant: 8, floorMs: 0 };
    const rules = allRules.filter(({ slug }) => ['demo-enter', 'demo-low'].includes(slug));
    const testBed = await createPayCodeTestBed({ settings: { limits, rules }, bulk: { ruleSlug: 'demo-enter', count: live } });
    t.after(() => testBed.close());
    assert.equal(testBed.simulator.unusedBulk().length, live);

    // The day begins with the first guess; each address has a window of a day, the merchant one of a minute.
    const minutes = 24 * 60;
    const byAddress = addresses * limits.wrongPerAddress;
    const byMerchant = minutes * limits.wrongPerMerchant;
    const wrong = Math.min(byAddress, byMerchant);
    // Each try reads one code in every rule of the currency.
    const looks = wrong * rules.length;
    // How many of the guesses may be live codes: one in 34^8 / 100,000 is.
    const luck = (wrong * live) / signs.length ** 8;
    assert.ok(luck < 1e-4, 'the limits leave nothing to be had by luck');

    const { next, code } = guesser(20_260_214);
    const ids = await Promise.all(Array.from({ length: 250 }, () => testBed.pay({ expiresIn: 7 * 24 * 3600 })));
    let taken = 0;
    let turnedAway = 0;
    for (let minute = 0; minute < minutes; minute += 10) {
      testBed.clock.advance(minute === 0 ? 0 : 10 * 60_000 - 1);
      for (let n = 0; n < 10; n += 1) {
        // Some of the addresses belong to one subscriber's network.
        const host = Math.floor(next() * addresses);
        const ip = host % 2 ? `2001:db8:${host.toString(16)}::${n + 1}` : `198.${18 + (host >> 8)}.${host & 255}.1`;
        await testBed.submit(ids[Math.floor(next() * ids.length)] ?? '', code(), { ip }).then(
          () => {
            taken += 1;
          },
          (cause) => {
            assert.ok(tooMany(cause), String(cause));
            turnedAway += 1;
          },
        );
      }
    }
    assert.ok(taken <= wrong, `${taken} guesses were taken, of ${wrong}`);
    assert.ok(testBed.calls('get_code').length <= looks, `${testBed.calls('get_code').length} looks, of ${looks}`);
    assert.equal(testBed.simulator.ledger().uses.length, 0, 'a hit');
    // Nothing else slowed the guesses down: the limits stopped them.
    assert.ok(taken > wrong / 2 && turnedAway > taken / 2, `${taken} taken, ${turnedAway} turned away`);
    assert.ok(testBed.failures.length > 0, 'the operator got a report');
  });

  it('is accepted no more often than the limits of an address and a payment allow, also after hits', async (t) => {
    const live = 1_000;
    const limits = { wrongPerAddress: 4, shownPerAddress: 1, wrongPerMerchant: 10_000, floorMs: 0 };
    const testBed = await createPayCodeTestBed({ settings: { limits }, bulk: { ruleSlug: 'demo-enter', count: live } });
    t.after(() => testBed.close());
    const codes = [...testBed.simulator.unusedBulk()];
    const ip = '198.51.100.1';
    for (let n = 0; n < limits.wrongPerAddress; n += 1) await testBed.submit(await testBed.pay(), `WRONG00${n}`, { ip });
    // From now on even right codes pay nothing and reveal nothing: none is looked up.
    const before = testBed.calls('get_code').length;
    for (const code of codes.slice(0, 20)) await assert.rejects(testBed.submit(await testBed.pay(), code, { ip }), tooMany);
    assert.equal(testBed.calls('get_code').length, before);
    assert.equal(testBed.simulator.unusedBulk().length, live);
  });
});

describe('the answer that a guesser gets', () => {
  let testBed: PayCodeHttpTestBed;
  before(async () => {
    testBed = await createPayCodeHttpTestBed();
  });
  after(() => testBed.close());

  it('is the same for a code that is unknown, of another rule, switched off, of a rule that is switched off, or shown', async () => {
    const shown = await testBed.create({ amount: 2500, currency: 'PLN' });
    const { nextAction } = (await shown.post('reversed-sms/start')).body;
    assert.ok(nextAction.kind === 'send_sms');
    const answers = [];
    for (const code of ['NOSUCH01', 'MMKG0001', 'OFF00001', 'RULEOFF1', nextAction.text.replace('PAY.CODE ', '')]) {
      const payment = await testBed.create({ amount: 2500, currency: 'PLN' });
      const started = performance.now();
      const { status, headers, body } = await payment.post('pay-code', { code });
      assert.ok(performance.now() - started >= 50, 'sooner than the floor');
      assert.deepEqual([body.code, body.view?.status, body.view?.nextAction.kind], ['code_invalid', 'open', 'enter_code']);
      answers.push(plain(status, headers, body));
    }
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
  });
});

/** Without what differs for each payment and each request. */
function plain(status: number, headers: Headers, body: object): unknown {
  const own = /^(id|reference|orderId|now|expiresAt|startedAt|endedAt|instance|lastCharacters|since)$/;
  const masked = JSON.parse(JSON.stringify(body, (key, value) => (own.test(key) ? typeof value : value))) as unknown;
  const changing = ['date', 'x-request-id', 'content-length', 'server-timing'];
  return { status, headers: [...headers].map(([name, value]) => [name, changing.includes(name) ? '' : value]), masked };
}

for (const engine of engines) {
  describe(`the number of wrong codes (${engine.name})`, { skip: engine.skip }, () => {
    it('is shared with a second server and kept after a restart, by address and by payment', async () => {
      const database = await engine.create();
      const limits = { wrongPerAddress: 6, shownPerAddress: 3, wrongPerMerchant: 1_000, floorMs: 0 };
      const options = { databaseUrl: database.url, settings: { limits, rules: allRules } };
      const first = await createPayCodeTestBed(options);
      const second = await createPayCodeTestBed({ ...options, beside: first });
      const ip = '203.0.113.99';
      for (let n = 0; n < limits.wrongPerAddress; n += 1) {
        const testBed = n % 2 ? second : first;
        await testBed.submit(await testBed.pay(), `WRONG00${n}`, { ip });
      }
      const id = await first.pay();
      for (let n = 0; n < 5; n += 1) await (n % 2 ? second : first).submit(id, `WRONG01${n}`, { ip: `192.0.2.${n}` });
      for (let n = 0; n < limits.shownPerAddress; n += 1) await first.startReversed(await first.pay(), ip);
      const calls = first.simulator.ledger().calls.length;
      for (const testBed of [first, second]) {
        await assert.rejects(testBed.submit(await testBed.pay(), 'GOOD0001', { ip }), tooMany);
        await assert.rejects(testBed.submit(id, 'GOOD0001', { ip: '192.0.2.77' }), tooMany);
        await assert.rejects(testBed.startReversed(await testBed.pay(), ip), tooMany);
      }
      await second.close();
      const restarted = await createPayCodeTestBed({ ...options, beside: first });
      await restarted.reconciler.recover();
      await assert.rejects(restarted.submit(id, 'GOOD0001', { ip }), tooMany);
      await assert.rejects(restarted.submit(id, 'GOOD0001', { ip: '192.0.2.78' }), tooMany);
      assert.equal(first.simulator.ledger().calls.length, calls);
      await restarted.close();
      await first.close();
      await database.drop();
    });
  });
}
