/** A payment that a restored backup does not know is entered again: by command, as a user types it, and by its route. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import type { ActResult } from '#contract/operate';
import { newAttemptId, newId } from '../../../../server/payments/model/ids.ts';
import { runCommand } from '../../../support/pay-desk-command.ts';
import { createOperateTestBed, keys, type OperateTestBed } from '../operate-test-bed.ts';

const folder = mkdtempSync(join(tmpdir(), 'pay-desk-recover-'));
let testBed: OperateTestBed;
let url = '';
before(async () => {
  testBed = await createOperateTestBed(`sqlite:${join(folder, 'test.db')}`);
  url = await testBed.app.listen({ host: '127.0.0.1', port: 0 });
});
after(async () => {
  await testBed.close();
  rmSync(folder, { recursive: true });
});

const note = "from the shop's log, lost by the restore";
const recover = (file: string, more: readonly string[] = ['--yes'], key = keys.anna, input = '') =>
  runCommand(['payments', 'recover', file, '--merchant', 'books', '--note', note, ...more], {
    env: { PAY_DESK_URL: url, PAY_DESK_OPERATOR_KEY: key },
    input,
  });

/** A webhook that the shop has had about a payment by code. This database knows nothing of it. */
function keptWebhook() {
  const id = newId('pay');
  const attemptId = newAttemptId(id);
  const attempt = { id: attemptId, method: 'pay_code', status: 'paid', startedAt: '2026-11-29T03:10:00.000Z' };
  const payment = {
    ...{ id, orderId: `lost-${id}`, label: 'customer', amount: 2500, currency: 'PLN', version: 4, status: 'succeeded' },
    attempts: [{ ...attempt, lastCharacters: '0001', submittedReference: null, transfer: null, problem: null }],
    evidence: [{ attemptId, upstreamId: `pw:${attemptId}`, amount: 2500, currency: 'PLN', counted: true }],
  };
  return { type: 'payment.succeeded', sequence: 2, data: { payment } };
}

const written = (content: unknown, name = 'webhook.json'): string => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return join(folder, name);
};

it('a kept webhook is shown in words, then entered, waits for a person, and is decided by command', async () => {
  const webhook = keptWebhook();
  const { payment } = webhook.data;
  const file = written(webhook);
  const asked = await recover(file, []);
  assert.deepEqual([asked.code, asked.stdout], [2, '']);
  assert.match(
    asked.stderr,
    new RegExp(`^PD-\\S+ {2}order ${payment.orderId} {2}25\\.00 PLN\\n[\\s\\S]*there is no terminal to ask on`),
  );
  assert.equal(await testBed.store.payment(payment.id), null, 'nobody has said yes');

  const done = await recover(file);
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stdout, /^PD-\S+ · order lost-\S+ · needs_review · 25\.00 PLN due, 0\.00 PLN paid · version \d+\n$/);
  const [reference = ''] = done.stdout.split(' ');
  const again = await recover('-', ['--yes', '--json'], keys.anna, JSON.stringify(payment));
  assert.equal(again.code, 0, again.stderr);
  const { version } = (JSON.parse(again.stdout) as ActResult).payment;
  assert.ok(done.stdout.endsWith(`version ${version}\n`), 'what is there stays as it is');

  const shown = await runCommand(['payments', 'show', reference], {
    env: { PAY_DESK_URL: url, PAY_DESK_OPERATOR_KEY: keys.anna },
  });
  assert.match(shown.stdout, /A restored backup did not know the payment/);
  assert.match(shown.stdout, /Only a person can decide: the shop knows this attempt, and a restored backup does not/);
  const money = ['--amount', '25.00', '--currency', 'PLN'];
  const decided = await runCommand(['payments', 'resolve', reference, '--outcome', 'paid', ...money, '--note', note, '--yes'], {
    env: { PAY_DESK_URL: url, PAY_DESK_OPERATOR_KEY: keys.anna },
  });
  assert.match(decided.stdout, / · succeeded · 25\.00 PLN due, 25\.00 PLN paid · /, decided.stderr);
});

it('what is no webhook, and what cannot have paid, is refused in a sentence', async () => {
  const unpaid = keptWebhook();
  Object.assign(unpaid.data.payment, { attempts: [], evidence: [] });
  for (const [content, sentence, code] of [
    ['{"type":', /expected the body of a webhook, but it is no JSON\.\n$/, 2],
    ['[]', /expected a webhook of ours about a payment, or the payment itself, as JSON\.\n$/, 2],
    [JSON.stringify(unpaid), /Refused: .*nothing in this payment can have paid: let the shop make a new one/, 1],
  ] as const) {
    const end = await recover(written(content, 'wrong.json'));
    assert.deepEqual([end.code, end.stdout], [code, ''], end.stderr);
    assert.match(end.stderr, sentence);
  }
  const missing = await recover(join(folder, 'missing.json'));
  assert.deepEqual([missing.code, /ENOENT/.test(missing.stderr)], [2, true]);
});

it('who may not decide, or not for this merchant, enters nothing', async () => {
  const webhook = keptWebhook();
  const { payment } = webhook.data;
  const file = written(webhook);
  for (const key of [keys.reader, keys.limited]) assert.equal((await recover(file, ['--yes'], key)).code, 4);
  assert.equal((await recover(file, ['--yes'], keys.stranger)).code, 1);
  assert.equal(await testBed.store.payment(payment.id), null);

  const post = (body: object, key = keys.anna, once?: string) =>
    testBed.post<ActResult & { code: string; field: string }>('/operate/payments/recover', body, key, once);
  const body = { merchantId: 'books', payment, note };
  const foreign = await post({ ...body, merchantId: 'nobody' });
  assert.deepEqual([foreign.status, foreign.body.code, foreign.body.field], [404, 'not_found', 'merchantId']);
  const wrong = await post({ ...body, payment: { ...payment, amount: 25.5 } });
  assert.deepEqual([wrong.status, wrong.body.code, wrong.body.field], [422, 'invalid_request', 'payment.amount']);
  for (let repeat = 0; repeat < 2; repeat += 1) {
    const entered = await post(body, keys.anna, 'recover-once');
    assert.deepEqual([entered.status, entered.body.payment.status], [200, 'needs_review']);
  }
  // The id of an attempt of a version before 1.0 does not show whose it is.
  const old = JSON.parse(
    JSON.stringify(keptWebhook().data.payment).replaceAll(/att_\w{26}/g, `att_${newId('pay').slice(4, -1)}0`),
  );
  const unproven = await post({ ...body, payment: old }, keys.bookseller);
  assert.deepEqual([unproven.status, unproven.body.code, unproven.body.field], [403, 'forbidden', 'payment.attempts']);
  assert.equal(await testBed.store.payment(old.id), null);
  assert.equal((await post({ ...body, payment: old })).status, 200, 'who acts for all merchants may decide that');

  const other = await post({ ...body, payment: { ...payment, amount: 9900 } });
  assert.deepEqual([other.status, other.body.code], [422, 'invalid_request'], 'it is another payment than the one here');
});
