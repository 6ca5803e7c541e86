/**
 * A code that was shown and of which nobody can find out whether it has paid: its rule is gone, its sealing key is gone, or PayCodes
 * does not say. The operator is told, and it is not polled for ever.
 */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { reversedRule } from './reversed-rule.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

describe('a shown code that cannot be read', () => {
  let testBed: PayCodeTestBed;
  afterEach(() => testBed.close());

  /** A payment that has expired with a code on its screen. */
  async function shownAndLeft() {
    testBed = await createPayCodeTestBed({ settings: { rules: [reversedRule] } });
    const id = await testBed.pay();
    await testBed.startReversed(id);
    testBed.clock.advance(2 * 60 * minute);
    await testBed.reconciler.runOnce();
    assert.equal((await testBed.payments.view(id)).status, 'expired');
    const [attempt] = await testBed.store.attempts(id);
    return { id, attemptId: attempt?.id ?? assert.fail() };
  }
  const runFor = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += day / 4) {
      testBed.clock.advance(day / 4);
      await testBed.reconciler.runOnce();
    }
  };
  const reports = () => testBed.failures.map((failure) => String((failure as { cause: unknown }).cause));
  const attemptOf = async (id: string) => (await testBed.store.attempt(id)) ?? assert.fail();

  for (const [what, spoil, said] of [
    ['its rule is gone', (bed) => bed.settings.rules.splice(0), /rule of a shown pay code of merchant books/],
    ['its merchant is gone', (bed) => bed.removeAccount(), /rule of a shown pay code of merchant books/],
    ['its key is gone', (bed) => bed.spoilKey(), /cannot be decrypted/],
  ] as [string, (bed: Spoiled) => void, RegExp][])
    it(`because ${what} is reported once, and after four days it is a person’s`, async () => {
      const { id, attemptId } = await shownAndLeft();
      spoil(spoiled(testBed));
      await runFor(2 * day);
      assert.equal(reports().filter((text) => said.test(text)).length, 1);
      assert.equal((await attemptOf(attemptId)).status, 'unconfirmed');
      await runFor(3 * day);
      const { status, nextCheckAt } = await attemptOf(attemptId);
      assert.deepEqual([status, nextCheckAt], ['needs_review', null]);
      const flag = await testBed.store.flagOf('attempt_in_doubt', attemptId);
      assert.match(flag?.reason ?? '', /nobody knows whether a code that was shown has paid/);
      assert.equal((await testBed.payments.view(id)).status, 'expired');
      assert.equal(testBed.failures.splice(0).length, 1);
    });

  it('because PayCodes never says is a person’s after four days, and no earlier', async () => {
    const { attemptId } = await shownAndLeft();
    for (let call = 0; call < 100; call += 1) await testBed.control('faults', { op: 'get_code', when: 'before', kind: 'reset' });
    await runFor(3 * day);
    assert.equal((await attemptOf(attemptId)).status, 'unconfirmed');
    await runFor(2 * day);
    assert.equal((await attemptOf(attemptId)).status, 'needs_review');
    assert.ok(await testBed.store.flagOf('attempt_in_doubt', attemptId));
  });

  it('for a while is read once it can be read again', async () => {
    const { id, attemptId } = await shownAndLeft();
    const rules = spoiled(testBed).settings.rules.splice(0);
    await runFor(day);
    spoiled(testBed).settings.rules.push(...rules);
    await runFor(3 * day);
    assert.equal((await attemptOf(attemptId)).status, 'declined');
    assert.equal((await testBed.payments.view(id)).status, 'expired');
    testBed.failures.length = 0;
  });
});

interface Spoiled {
  settings: { rules: unknown[] };
  removeAccount(): void;
  spoilKey(): void;
}

function spoiled({ parts }: PayCodeTestBed): Spoiled {
  const settings = parts.account('books')?.settings as unknown as Spoiled['settings'];
  return {
    settings,
    removeAccount: () => void Object.assign(parts, { account: () => null }),
    spoilKey: () =>
      void Object.assign(parts.sealer, {
        open() {
          throw new Error('no such key');
        },
      }),
  };
}
