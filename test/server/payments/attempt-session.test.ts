/** An attempt session counts the calls that its outcome covers. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openSession } from '../../../server/payments/attempts/attempt-session.ts';
import { ProblemError, StoreUnavailable } from '../../../server/payments/model/errors.ts';
import type { NewIntent } from '../../../server/payments/model/ports.ts';
import type { IntentRecord } from '../../../server/payments/model/records.ts';

const call: NewIntent = { kind: 'preparation', operation: 'use_code', upstream: 'paycodes', naturalKey: 'x', notes: {} };
const earlier: IntentRecord = {
  ...call,
  id: 'int_1',
  attemptId: 'att_1',
  paymentId: 'pay_1',
  status: 'unknown',
  createdAt: 0,
  endedAt: null,
};

function session(before: IntentRecord[], failures: (Error | null)[]) {
  const settled: number[] = [];
  const outcomes: unknown[] = [];
  const writer = {
    async recordIntent() {
      const failure = failures.shift();
      if (failure) throw failure;
      return earlier;
    },
    async settleAttempt(_payment: string, _attempt: string, outcome: unknown, calls: number) {
      outcomes.push(outcome);
      settled.push(calls);
    },
    async settleRefund(_payment: string, _attempt: string, _outcome: unknown, calls: number) {
      settled.push(calls);
    },
    renewLease: async () => undefined,
  };
  return { settled, outcomes, ...openSession(writer, { id: 'att_1', paymentId: 'pay_1' }, before) };
}

describe('an attempt session', () => {
  it('reports no call where none was recorded', async () => {
    const { settle, settled } = session([], []);
    await settle({ kind: 'abandoned' });
    assert.deepEqual(settled, [0]);
  });

  it('counts the calls that were recorded before it and by it', async () => {
    const { recordIntent, settle, settleRefund, settled } = session([earlier, earlier], [null]);
    await recordIntent(call);
    await settle({ kind: 'abandoned' });
    await settleRefund({ kind: 'returned' });
    assert.deepEqual(settled, [3, 3]);
  });

  it('does not count a call that was refused, because it has no row', async () => {
    const { recordIntent, settle, settled } = session([], [new ProblemError('payment_processing')]);
    await assert.rejects(recordIntent(call), ProblemError);
    await settle({ kind: 'abandoned' });
    assert.deepEqual(settled, [0]);
  });

  it('counts a call whose row may have been written though the store failed, because that call was certainly not made', async () => {
    const unavailable = new StoreUnavailable({ code: 'ECONNRESET', effect: 'unknown', soon: true });
    const { recordIntent, settle, settled } = session([], [unavailable]);
    await assert.rejects(recordIntent(call), StoreUnavailable);
    await settle({ kind: 'abandoned' });
    assert.deepEqual(settled, [1]);
  });

  it('does not count a call that was certainly not written, or it would count a call of another session', async () => {
    const locked = new StoreUnavailable({ code: 'SQLITE_BUSY', effect: 'none', soon: true });
    const { recordIntent, settle, settled } = session([], [locked]);
    await assert.rejects(recordIntent(call), StoreUnavailable);
    await settle({ kind: 'abandoned' });
    assert.deepEqual(settled, [0]);
  });

  it('leaves an attempt whose work failed to the reconciler, and hides the failure from nobody', async () => {
    const { recordIntent, run, settled, outcomes } = session([], [null]);
    const bug = new Error('a bug');
    const work = run(async () => {
      await recordIntent(call);
      throw bug;
    });
    await assert.rejects(work, bug);
    assert.deepEqual(outcomes, [{ kind: 'unknown' }]);
    assert.deepEqual(settled, [1]);
  });

  it('settles nothing besides what its work has settled', async () => {
    const { run, settle, outcomes } = session([], []);
    await run(() => settle({ kind: 'abandoned' }));
    assert.deepEqual(outcomes, [{ kind: 'abandoned' }]);
  });
});
