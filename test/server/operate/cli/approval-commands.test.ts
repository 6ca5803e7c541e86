/** A second person at the command line: what they are shown, and what they read when the payment has moved meanwhile. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { runCommand } from '../../../support/pay-desk-command.ts';
import { createOperateTestBed, keys, type OperateTestBed } from '../operate-test-bed.ts';

const folder = mkdtempSync(join(tmpdir(), 'pay-desk-approvals-'));
let testBed: OperateTestBed;
let url = '';
before(async () => {
  testBed = await createOperateTestBed(`sqlite:${join(folder, 'test.db')}`);
  testBed.setThreshold(1_000);
  url = await testBed.app.listen({ host: '127.0.0.1', port: 0 });
});
after(async () => {
  await testBed.close();
  rmSync(folder, { recursive: true });
});

const as = (key: string, ...args: string[]) => runCommand(args, { env: { PAY_DESK_URL: url, PAY_DESK_OPERATOR_KEY: key } });

/** Anna has requested to take it as paid. */
async function requested() {
  const { id, attemptId } = await testBed.inReview('wallet');
  const body = await testBed.resolution(id, attemptId, { note: 'seen in the app' });
  const answer = await testBed.post<{ approval?: { id: string } }>(`/operate/payments/${id}/resolve`, body);
  return { id, attemptId, approval: answer.body.approval?.id ?? assert.fail('nothing waits') };
}

it('what waits is shown in words before anybody confirms it, and is confirmed', async () => {
  const { id, approval } = await requested();
  const asked = await as(keys.ben, 'approvals', 'confirm', approval, '--note', 'I saw it too');
  assert.match(asked.stderr, /Decide what became of 6,000\.00 MMK\.\n {2}requested by operator:anna: seen in the app/);
  assert.equal((await testBed.store.approval(approval))?.status, 'pending', 'nobody has said yes');
  const done = await as(keys.ben, 'approvals', 'confirm', approval, '--note', 'I saw it too', '--yes');
  assert.deepEqual([done.code, (await testBed.store.payment(id))?.status], [0, 'succeeded'], done.stderr);
  const again = await as(keys.ben, 'approvals', 'confirm', approval, '--note', 'I saw it too');
  assert.deepEqual([again.code, again.stdout], [1, '']);
  assert.match(again.stderr, /It was confirmed already, by operator:ben\.\n$/);
});

it('what the payment has outrun is not done, with or without --yes, and the command says why and what to do', async () => {
  const { id, attemptId, approval } = await requested();
  await testBed.paid(id, attemptId);
  const looked = await as(keys.ben, 'approvals', 'confirm', approval, '--note', 'I saw it too');
  assert.deepEqual([looked.code, looked.stdout], [5, '']);
  assert.match(looked.stderr, /The payment has changed since operator:anna requested this, so it is out of date/);
  assert.match(looked.stderr, /It is now succeeded, version \d+\. Look at it again: pay-desk payments show PD-/);
  const scripted = await as(keys.ben, 'approvals', 'confirm', approval, '--note', 'I saw it too', '--yes');
  assert.equal(scripted.code, 5);
  assert.match(scripted.stderr, /the payment has changed since this was requested, so nothing was done.* It is now succeeded/s);
  const { stdout } = await as(keys.ben, 'payments', 'show', id);
  assert.match(stdout, /The request to resolve is out of date/);
  assert.ok(!stdout.includes('approvals confirm'), 'nobody is invited to confirm it');
});

it('what there is not is not found', async () => {
  const end = await as(keys.ben, 'approvals', 'confirm', 'apr_0123', '--note', 'fine');
  assert.deepEqual([end.code, end.stdout], [1, '']);
  assert.match(end.stderr, /^Refused: /);
});
