/** An answer that the store cannot write is kept in a file, survives the process, and is stored as soon as possible. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { StoreUnavailable } from '../../../server/payments/model/errors.ts';
import { createPendingAnswers, type PendingAnswer } from '../../../server/payments/pending-answers.ts';
import { createSealer } from '../../../server/payments/sealer.ts';
import { createAnswerFiles } from '../../../server/storage/answer-files.ts';
import { waitFor } from '../../support/wait-for.ts';

const folder = mkdtempSync(join(tmpdir(), 'pay-desk-answers-'));
after(() => rmSync(folder, { recursive: true }));

const credited: PendingAnswer = {
  about: 'attempt',
  paymentId: 'pay_1',
  attemptId: 'att_1',
  outcome: { kind: 'paid', evidence: { upstream: 'paykassma', upstreamId: 'planted-id', amount: 600_000, currency: 'MMK' } },
  calls: 1,
};

/** A store that fails until `mend` is called, with a folder for pending answers. */
function broken(name: string, key = 1) {
  const own = join(folder, name);
  const stored: PendingAnswer[] = [];
  const failures: unknown[] = [];
  let away = true;
  const failure = (_where: string, cause: unknown) => void failures.push(cause);
  const files = createAnswerFiles(own, createSealer(Buffer.alloc(32, key)), (cause) => failure('', cause));
  const answers = createPendingAnswers({
    files,
    observer: { failure },
    async apply(answer) {
      if (away) throw new StoreUnavailable({ code: 'SQLITE_BUSY', effect: 'none', soon: false });
      stored.push(answer);
    },
  });
  const mend = () => {
    away = false;
  };
  after(() => answers.stop());
  return { answers, stored, failures, path: own, mend };
}

describe('an answer that the store cannot write', () => {
  it('is stored when the store is back, though the request was answered with 503', async () => {
    const { answers, stored, path, mend } = broken('later');
    await assert.rejects(answers.settle(credited), StoreUnavailable);
    assert.equal(answers.count(), 1);
    const [name = ''] = readdirSync(path);
    assert.deepEqual([statSync(path).mode & 0o777, statSync(join(path, name)).mode & 0o777], [0o700, 0o600]);
    assert.ok(!readFileSync(join(path, name), 'utf8').includes('planted-id'), 'it lies there in clear');
    mend();
    // Its file is removed last.
    await waitFor(async () => readdirSync(path).length === 0);
    assert.deepEqual([stored, answers.count()], [[credited], 0]);
  });

  it('is waited for by the request, where the store is back in time', async () => {
    const { answers, stored, path, mend } = broken('soon');
    setTimeout(mend, 200);
    await answers.settle(credited);
    assert.deepEqual([stored, readdirSync(path), answers.count()], [[credited], [], 0]);
  });

  it('is stored by the next process', async () => {
    const first = broken('restart');
    await assert.rejects(first.answers.settle(credited), StoreUnavailable);
    await first.answers.stop();
    const next = broken('restart');
    next.mend();
    await next.answers.recover();
    assert.deepEqual([next.stored, readdirSync(next.path)], [[credited], []]);
  });

  it('of version 0.1.0 is stored after the upgrade, under today’s names', async () => {
    const { answers, stored, path, mend } = broken('upgrade');
    const old = (outcome: object) =>
      JSON.stringify({ about: 'attempt', paymentId: 'pay_1', attemptId: 'att_1', outcome, calls: 1 });
    const sealer = createSealer(Buffer.alloc(32, 1));
    const files = createAnswerFiles(path, sealer, () => assert.fail());
    await files.keep('ans_1', old({ kind: 'refused', refusal: { code: 'card_sms_off' }, mayArrive: true }));
    await files.keep('ans_2', old({ kind: 'asked', refusal: { code: 'transfer_not_found' }, watched: true }));
    await files.keep('ans_3', old({ kind: 'review', why: 'doubt' }));
    mend();
    await answers.recover();
    const outcomes = stored.map((answer) => answer.outcome).sort((a, b) => (a.kind < b.kind ? -1 : 1));
    assert.deepEqual(outcomes, [
      { kind: 'correction_requested', unconfirmed: true, decline: { code: 'transfer_not_found' } },
      { kind: 'declined', mayArrive: true, decline: { code: 'card_sms_disabled' } },
      { kind: 'needs_review', why: 'doubt' },
    ]);
    assert.deepEqual(readdirSync(path), []);
  });

  it('stays in its file when it was sealed under another key', async () => {
    const first = broken('keys', 1);
    await assert.rejects(first.answers.settle(credited), StoreUnavailable);
    await first.answers.stop();
    const next = broken('keys', 2);
    next.mend();
    await next.answers.recover();
    assert.deepEqual([next.stored.length, readdirSync(next.path).length, next.failures.length], [0, 1, 1]);
  });

  it('about a discount, left by version 0.1.0, gets today’s names', async () => {
    const { answers, stored, path, mend } = broken('former');
    const files = createAnswerFiles(path, createSealer(Buffer.alloc(32, 1)), (cause) => assert.fail(String(cause)));
    const former = { about: 'discount', paymentId: 'pay_1', attemptId: 'att_1', outcome: { kind: 'burned' } };
    await files.keep('ans_former', JSON.stringify(former));
    mend();
    await answers.recover();
    assert.deepEqual(stored, [{ ...former, outcome: { kind: 'redeemed' } }]);
  });

  it('is not kept where it says nothing', async () => {
    const { answers } = broken('unknown');
    await assert.rejects(
      answers.settle({ ...credited, about: 'attempt', outcome: { kind: 'unknown' }, calls: 1 }),
      StoreUnavailable,
    );
    assert.equal(answers.count(), 0);
  });
});
