/**
 * Somebody guesses codes from a thousand addresses for a day, where a hundred thousand codes are live, and their neighbours pay
 * meanwhile; and what the answers reveal to whoever guesses.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { pattern } from '../../../../demo/simulators/paycodes/seed.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { usualEngines } from '../../../support/engines.ts';
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
  it('stays within what the limits allow, and two hundred neighbours behind one of the addresses pay at the first try', async (t) => {
    const live = 100_000;
    const payments = 250;
    const limits = { wrongPerAddress: 1, wrongPerCustomer: 20, shownPerAddress: 1, wrongPerMerchant: 3, floorMs: 0 };
    const rules = allRules.filter(({ slug }) => ['demo-enter', 'demo-low'].includes(slug));
    const testBed = await createPayCodeTestBed({ settings: { limits, rules }, bulk: { ruleSlug: 'demo-enter', count: live } });
    t.after(() => testBed.close());
    const codes = [...testBed.simulator.unusedBulk()];
    assert.equal(codes.length, live);

    // Of the thousand addresses half are IPv4, and half are /64s that one subscriber has in their /48, which counts as four.
    const addresses = (host: number) =>
      host % 2 ? `2001:db8:77:${host.toString(16)}::1` : `198.${18 + (host >> 8)}.${host & 255}.1`;
    const wrong = (500 + 4) * limits.wrongPerAddress + payments;
    // Each try reads one code in every rule of the currency.
    const looks = wrong * rules.length;
    // How many of the guesses may be live codes: one in 34^8 / 100,000 is.
    const luck = (wrong * live) / signs.length ** 8;
    assert.ok(luck < 1e-4, 'the limits leave nothing to be had by luck');

    const { next, code } = guesser(20_260_214);
    const week = 7 * 24 * 3600;
    const ids: string[] = [];
    for (let n = 0; n < payments; n += 1) ids.push(await testBed.pay({ expiresIn: week, label: `guesser-${n % 50}` }));
    let taken = 0;
    let turnedAway = 0;
    const guess = async (id: string, ip: string) =>
      testBed.submit(id, code(), { ip }).then(
        () => {
          taken += 1;
        },
        (cause) => {
          assert.ok(tooMany(cause), String(cause));
          turnedAway += 1;
        },
      );
    // Each address has a window of a day, which begins with its first guess.
    for (let minute = 0; minute < 24 * 60; minute += 10) {
      testBed.clock.advance(minute === 0 ? 0 : 10 * 60_000 - 1);
      for (let n = 0; n < 12; n += 1)
        await guess(ids[Math.floor(next() * ids.length)] ?? '', addresses(Math.floor(next() * 1_000)));
    }
    assert.ok(taken <= wrong, `${taken} guesses were taken, of ${wrong}`);
    assert.ok(testBed.calls('get_code').length <= looks, `${testBed.calls('get_code').length} looks, of ${looks}`);
    assert.equal(testBed.simulator.ledger().uses.length, 0, 'a hit');
    // Nothing else slowed the guesses down: the limits stopped them.
    assert.ok(taken > wrong / 2 && turnedAway > taken / 2, `${taken} taken, ${turnedAway} turned away`);
    assert.ok(testBed.failures.length > 0, 'the operator got a report');

    // The guesser sits behind the address of a carrier, and goes on beside two hundred customers of the same merchant there.
    const carrier = addresses(0);
    await guess(ids[0] ?? '', carrier);
    for (let n = 0; n < 200; n += 1) {
      const customer = await testBed.pay({ label: `neighbour-${n}` });
      const { status } = await testBed.submit(customer, codes[n] ?? '', { ip: carrier });
      assert.equal(status, 'succeeded', `the first code of neighbour ${n}`);
      await guess(ids[n] ?? '', carrier);
    }
    assert.ok(taken <= wrong, `${taken} guesses were taken, of ${wrong}`);
  });

  it('is accepted no more often than the limits of an address and a payment allow, also after hits', async (t) => {
    const live = 1_000;
    const limits = { wrongPerAddress: 4, wrongPerCustomer: 1_000, shownPerAddress: 1, wrongPerMerchant: 10_000, floorMs: 0 };
    const testBed = await createPayCodeTestBed({ settings: { limits }, bulk: { ruleSlug: 'demo-enter', count: live } });
    t.after(() => testBed.close());
    const codes = [...testBed.simulator.unusedBulk()];
    const ip = '198.51.100.1';
    const ids: string[] = [];
    for (let n = 0; n < limits.wrongPerAddress; n += 1) {
      ids.push(await testBed.pay());
      await testBed.submit(ids[n] ?? '', `WRONG00${n}`, { ip });
    }
    // From now on even right codes pay nothing and reveal nothing: none is looked up.
    const before = testBed.calls('get_code').length;
    for (const [n, code] of codes.slice(0, 20).entries())
      await assert.rejects(testBed.submit(ids[n % ids.length] ?? '', code, { ip }), tooMany);
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

for (const engine of usualEngines) {
  describe(`the number of wrong codes (${engine.name})`, { skip: engine.skip }, () => {
    it('is shared with a second server and kept after a restart, by address and by payment', async () => {
      const database = await engine.create();
      const limits = { wrongPerAddress: 6, wrongPerCustomer: 1_000, shownPerAddress: 3, wrongPerMerchant: 1_000, floorMs: 0 };
      const options = { databaseUrl: database.url, settings: { limits, rules: allRules } };
      const first = await createPayCodeTestBed(options);
      const second = await createPayCodeTestBed({ ...options, beside: first });
      const ip = '203.0.113.99';
      const used = await first.pay();
      await first.submit(used, 'WRONG000', { ip });
      for (let n = 1; n < limits.wrongPerAddress; n += 1) {
        const testBed = n % 2 ? second : first;
        await testBed.submit(await testBed.pay(), `WRONG00${n}`, { ip });
      }
      const id = await first.pay();
      for (let n = 0; n < 3; n += 1) await (n % 2 ? second : first).submit(id, `WRONG01${n}`, { ip: `192.0.2.${n}` });
      for (let n = 0; n < limits.shownPerAddress; n += 1) await first.startReversed(await first.pay(), ip);
      const calls = first.simulator.ledger().calls.length;
      for (const testBed of [first, second]) {
        await assert.rejects(testBed.submit(used, 'GOOD0001', { ip }), tooMany);
        await assert.rejects(testBed.submit(id, 'GOOD0001', { ip: '192.0.2.77' }), tooMany);
        await assert.rejects(testBed.startReversed(await testBed.pay(), ip), tooMany);
      }
      await second.close();
      const restarted = await createPayCodeTestBed({ ...options, beside: first });
      await restarted.reconciler.recover();
      await assert.rejects(restarted.submit(used, 'GOOD0001', { ip }), tooMany);
      await assert.rejects(restarted.submit(id, 'GOOD0001', { ip: '192.0.2.78' }), tooMany);
      assert.equal(first.simulator.ledger().calls.length, calls);
      await restarted.close();
      await first.close();
      await database.drop();
    });
  });
}
