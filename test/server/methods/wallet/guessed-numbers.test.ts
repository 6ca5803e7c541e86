/**
 * Somebody guesses the transaction numbers of other customers, one after the other; and their owners, some behind the same address,
 * submit theirs meanwhile. The bound and the promise are those of server/methods/wallet/README.md.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { type Engine, usualEngines } from '../../../support/engines.ts';
import { createWalletTestBed, manyNumbers, type WalletTestBed } from '../../../support/wallet-test-bed.ts';

const minute = 60_000;
const turn = 5 * minute;
const ip = '198.51.100.7';
const limits = { ...manyNumbers, wrongPerCustomer: 20, wrongPerAddress: 20 };

async function withBed(engine: Engine, own: object, work: (testBed: WalletTestBed) => Promise<void>) {
  const database = await engine.create();
  const testBed = await createWalletTestBed({ databaseUrl: database.url, settings: { limits: { ...limits, ...own } } });
  try {
    await testBed.control('postbacks', { url: null });
    await work(testBed);
  } finally {
    await testBed.close();
    await database.drop();
  }
}

const sent = (testBed: WalletTestBed) =>
  testBed.simulator.ledger().calls.filter(({ operation }) => operation === 'transaction/activate').length;
const chosen = async (testBed: WalletTestBed, label: string) => {
  const id = await testBed.pay({ label });
  await testBed.choose(id);
  return id;
};
/** What a refusal tells the customer: how many milliseconds to wait. Fails for anything but a limit. */
const waitOf = (testBed: WalletTestBed) => (cause: unknown) =>
  cause instanceof ProblemError && cause.code === 'too_many_attempts'
    ? Date.parse(cause.extras.retryAt ?? assert.fail('nobody says until when')) - testBed.clock.now()
    : assert.fail(String(cause));

for (const engine of usualEngines) {
  describe(`guessed transaction numbers (${engine.name})`, { skip: engine.skip }, () => {
    it('of three hundred in a row from one address no more are sent than its allowance and the first of each payment', async () => {
      await withBed(engine, { wrongInARow: 10 }, async (testBed) => {
        const owner = await chosen(testBed, 'owner');
        const number = await testBed.transfer();
        const ids: string[] = [];
        for (let n = 0; n < 60; n += 1) ids.push(await chosen(testBed, `guesser-${n}`));
        const before = sent(testBed);
        let turnedAway = 0;
        for (let n = 0; n < 300; n += 1) {
          const guess = String(8_100_000_000 + n);
          await testBed.submit(ids[Math.floor(n / 5)] ?? '', guess, undefined, ip).catch((cause: unknown) => {
            turnedAway += 1;
            assert.ok(waitOf(testBed)(cause) <= turn);
          });
        }
        const reached = sent(testBed) - before;
        assert.ok(reached <= limits.wrongPerAddress + ids.length, `${reached} of 300 numbers`);
        assert.equal(reached + turnedAway, 300);
        const alarms = testBed.failures.map((failure) => String(Object(failure).cause?.message));
        assert.deepEqual(alarms, ['transaction numbers of wavepay are being guessed at books: 11 wrong ones follow each other']);

        // The owner of a number that nobody has guessed pays at once, behind the same address; so does any other customer there.
        assert.equal((await testBed.submit(owner, number, undefined, ip)).status, 'succeeded');
        for (let n = 0; n < 3; n += 1) {
          const id = await chosen(testBed, `neighbour-${n}`);
          assert.equal((await testBed.submit(id, await testBed.transfer(), undefined, ip)).status, 'succeeded');
        }
      });
    });

    it('are counted for one customer, whatever payments and addresses they are for, and end in a wait of five minutes', async () => {
      await withBed(engine, { wrongPerCustomer: 4 }, async (testBed) => {
        const [one, other] = [await chosen(testBed, 'busy'), await chosen(testBed, 'busy')];
        let number = 8_200_000_000;
        const guess = (id: string, n: number) => {
          number += 1_000;
          return testBed.submit(id, String(number), undefined, `192.0.2.${n}`).then(() => 0, waitOf(testBed));
        };
        for (const [n, id] of [one, other, one, other, one].entries()) assert.equal(await guess(id, n), 0);
        const wait = await guess(other, 9);
        assert.ok(wait > 0 && wait <= turn, `${wait}`);
        // Another customer's wrong numbers are their own, and the first number of a fresh payment is sent.
        assert.equal(await guess(await chosen(testBed, 'somebody else'), 1), 0);
        const fresh = await chosen(testBed, 'busy');
        assert.equal((await testBed.submit(fresh, await testBed.transfer())).status, 'succeeded');
        testBed.clock.advance(wait);
        assert.equal((await testBed.submit(other, await testBed.transfer())).status, 'succeeded');
      });
    });

    it('count only where they were wrong: not one that was not sent, is being checked, has paid or is found later', async () => {
      await withBed(engine, { wrongPerCustomer: 2, wrongPerAddress: 2 }, async (testBed) => {
        const submit = (id: string, number: string) => testBed.submit(id, number, undefined, ip);
        const over = await testBed.pay({ label: 'patient' });
        await testBed.payments.cancel(over);
        for (let n = 0; n < 10; n += 1) await assert.rejects(submit(over, String(8_300_000_000 + n)), /method_unavailable/);
        assert.equal((await submit(await chosen(testBed, 'patient'), '1000000002')).status, 'processing');
        for (let n = 0; n < 3; n += 1)
          assert.equal((await submit(await chosen(testBed, 'patient'), await testBed.transfer())).status, 'succeeded');

        const id = await chosen(testBed, 'patient');
        assert.equal((await submit(id, '8300000100')).problem?.code, 'transfer_not_found');
        // One wrong number so far, so the second one is sent, and the third waits.
        assert.equal((await submit(id, '8300000200')).problem?.code, 'transfer_not_found');
        await assert.rejects(submit(id, '8300000300'), /too_many_attempts/);
        // The first one is found after all, which also pays this payment.
        const [first] = await testBed.store.attempts(id);
        await testBed.control('postbacks', { url: testBed.postbackUrl });
        await testBed.control('transactions/match', { custom_transaction_id: first?.id });
        await testBed.until(id, ({ status }) => status === 'succeeded');
        const next = await chosen(testBed, 'patient');
        assert.equal((await submit(next, '8300000400')).problem?.code, 'transfer_not_found');
        await assert.rejects(submit(next, '8300000500'), /too_many_attempts/);
      });
    });
  });
}
