/** An operator's night by command: the whole demo runs, money stops before a person, and the commands find it and end it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { PaymentDetail, PaymentPage, QueuePage } from '#contract/operate';
import { type Demo, startDemo } from '../../../../demo/start-demo.ts';
import { demoKeys } from '../../../../server/demo-keys.ts';
import { type Purchase, shopper } from '../../../demo/shopper.ts';
import { runCommand } from '../../../support/pay-desk-command.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createOperateTestBed, keys, type OperateTestBed } from '../operate-test-bed.ts';

let demo: Demo;
const { buy } = shopper(() => demo);

before(async () => {
  demo = await startDemo({ portBase: 0 });
});
after(() => demo.close());

/** As an operator whose shell has the address and the key. */
const run = (args: readonly string[], key: string = demoKeys.operators.anna) =>
  runCommand(args, { env: { PAY_DESK_URL: demo.urls.operate, PAY_DESK_OPERATOR_KEY: key } });
const json = async <Body>(...args: string[]): Promise<Body> => {
  const { code, stdout, stderr } = await run([...args, '--json']);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
};
const detailOf = (payment: string) => json<PaymentDetail>('payments', 'show', payment);

/** A purchase by wallet with this transaction number, which says what the simulator does with it. */
async function byWallet(transactionNumber: string): Promise<{ purchase: Purchase; reference: string }> {
  const purchase = await buy({ amount: 600_000, currency: 'MMK' });
  await purchase.ask('wallet', { walletType: 'wavepay' });
  const { view } = await purchase.ask('wallet/transaction', { transactionNumber });
  return { purchase, reference: view.reference };
}

describe('an underpaid transfer', () => {
  let purchase: Purchase;
  let reference = '';
  before(async () => {
    // Credited with half of the amount.
    ({ purchase, reference } = await byWallet('1000000006'));
    await waitFor(async () => (await purchase.view()).status === 'underpaid');
  });

  it('waits in the queue, with the reason', async () => {
    const { code, stdout, stderr } = await run(['queue', '--kind', 'underpaid']);
    assert.equal(code, 0, stderr);
    assert.match(stdout, new RegExp(`underpaid +${reference} +[\\d.]+ MMK`));
    const { items } = await json<QueuePage>('queue');
    assert.ok(items.some((item) => item.reference === reference && item.reason.length > 10));
  });

  it('is found by its reference and by its order', async () => {
    for (const text of [reference, reference.toLowerCase(), purchase.orderId]) {
      const { payments } = await json<PaymentPage>('payments', 'find', text);
      assert.deepEqual(
        payments.map((payment) => payment.reference),
        [reference],
      );
    }
    const { stdout, stderr } = await run(['payments', 'find', reference, '--status', 'underpaid', '--currency', 'MMK']);
    assert.match(stdout, new RegExp(`^PAYMENT .*\n${reference} .* underpaid \\(test\\) +6000\\.00 MMK +3000\\.00 MMK +wallet`));
    assert.match(stderr, /Understood as: reference/);
    assert.equal((await run(['payments', 'find', 'PD-0000-0000'])).stdout, 'There is no such payment.\n');
  });

  it('is shown with what happened and what can be done', async () => {
    const { stdout } = await run(['payments', 'show', reference]);
    assert.match(stdout, new RegExp(`^${reference}  underpaid  \\(test: no real money\\)`));
    assert.match(stdout, /due +6000\.00 MMK\npaid +3000\.00 MMK/);
    assert.match(stdout, /TIME \(UTC\) +OF +WHAT HAPPENED/);
    assert.match(stdout, /What can be done[\s\S]*\(accept\)/);
  });

  it('is accepted against the version that was seen, and the shop is told', async () => {
    const seen = (await detailOf(reference)).payment.version;
    const moved = await run([
      'payments',
      'accept',
      reference,
      '--note',
      'the fee is ours',
      '--yes',
      '--version',
      String(seen - 1),
    ]);
    assert.equal(moved.code, 5, moved.stderr);
    assert.match(moved.stderr, /It is now underpaid, version/);
    const { code, stdout, stderr } = await run(['payments', 'accept', reference, '--note', 'the fee is ours', '--yes']);
    assert.equal(code, 0, stderr);
    assert.match(stdout, new RegExp(`^${reference} · .* · succeeded · `));
    await purchase.untilWebhooks('payment.underpaid', 'payment.succeeded');
  });

  it('is reopened and accepted again, once for a key that is repeated', async () => {
    assert.equal((await run(['payments', 'reopen', reference, '--note', 'a mistake', '--yes'])).code, 0);
    const seen = String((await detailOf(reference)).payment.version);
    const key = ['--idempotency-key', 'accept-once', '--version', seen];
    const once = ['payments', 'accept', reference, '--note', 'no mistake', '--yes', ...key];
    assert.equal((await run(once)).code, 0);
    const { version } = (await detailOf(reference)).payment;
    assert.equal((await run(once)).code, 0);
    assert.equal((await detailOf(reference)).payment.version, version);
  });

  it('is partly returned by hand, and never more than came', async () => {
    const refund = (amount: string, currency = 'MMK') =>
      run([
        'payments',
        'refund',
        reference,
        '--by-hand',
        '--amount',
        amount,
        '--currency',
        currency,
        '--note',
        'sent back',
        '--yes',
      ]);
    assert.match((await refund('10', 'PLN')).stderr, /^Refused: |currency/);
    assert.equal((await refund('3000.01')).code, 1);
    assert.equal((await refund('1000.00')).code, 0);
    assert.equal((await detailOf(reference)).payment.amountRefunded, 100_000);
  });
});

describe('a lost answer', () => {
  let reference = '';
  before(async () => {
    // Answered by a page with status 500.
    ({ reference } = await byWallet('1000000008'));
  });

  it('is decided by what a person has seen in the wallet', async () => {
    await waitFor(async () => (await detailOf(reference)).acts.some(({ act }) => act === 'resolve_paid'), 60_000);
    const resolve = ['payments', 'resolve', reference, '--outcome', 'paid', '--note', 'seen in the app of the wallet', '--yes'];
    const wrong = await run([...resolve, '--amount', '6000.001', '--currency', 'MMK']);
    assert.equal(wrong.code, 2);
    const foreign = await run([...resolve, '--amount', '6000.00', '--currency', 'PLN']);
    assert.equal(foreign.code, 1);
    assert.match(foreign.stderr, /You say: 6000\.00 PLN[\s\S]*the payment is in MMK/);
    const { code, stdout, stderr } = await run([
      ...resolve,
      '--amount',
      '6000.00',
      '--currency',
      'MMK',
      '--upstream-id',
      '1000000008',
    ]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, / · succeeded · 6000\.00 MMK due, 6000\.00 MMK paid/);
  });
});

describe('keys that may not do everything', () => {
  let testBed: OperateTestBed;
  let url = '';
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-operators-'));
  before(async () => {
    testBed = await createOperateTestBed(`sqlite:${join(folder, 'test.db')}`);
    url = await testBed.app.listen({ host: '127.0.0.1', port: 0 });
  });
  after(async () => {
    await testBed.close();
    rmSync(folder, { recursive: true });
  });
  const as = (key: string, ...args: string[]) => runCommand(args, { env: { PAY_DESK_URL: url, PAY_DESK_OPERATOR_KEY: key } });

  for (const [what, key, args, code, sentence] of [
    ['an expired key', keys.expired, ['queue'], 4, /^Refused: .*valid until 2020-01-31/],
    [
      'a key that may only read',
      keys.reader,
      ['flags', 'close', 'flg_1', '--note', 'seen'],
      4,
      /^Refused: .*may read, and not act/,
    ],
    ['an approval that there is not', keys.anna, ['approvals', 'confirm', 'apr_1', '--note', 'fine', '--yes'], 1, /^Refused: /],
    ['a key that is none', 'op_short', ['status'], 4, /^Refused: /],
  ] as const) {
    it(`${what}: one sentence, and exit code ${code}`, async () => {
      const end = await as(key, ...args);
      assert.deepEqual([end.code, end.stdout], [code, '']);
      assert.match(end.stderr, sentence);
      assert.ok(!end.stderr.includes(key));
    });
  }

  it('a key that may only read reads', async () => {
    assert.deepEqual((await as(keys.reader, 'queue')).stdout, 'Nothing waits.\n');
  });
});

describe('the shop', () => {
  it('is sent a test and a webhook again', async () => {
    const test = await run(['webhooks', 'test', '--merchant', 'demo']);
    assert.equal(test.code, 0, test.stderr);
    const { events } = await json<{ events: { id: string }[] }>(
      'webhooks',
      'list',
      '--merchant',
      'demo',
      '--type',
      'payment.underpaid',
    );
    const [event] = events;
    assert.ok(event);
    assert.match((await run(['webhooks', 'show', event.id])).stdout, /TRY +AT \(UTC\) +ANSWER[\s\S]*"type":"payment\.underpaid"/);
    assert.match((await run(['webhooks', 'replay', event.id])).stdout, /is sent again/);
  });
});

describe('the books', () => {
  /** Over in every time zone. */
  const day = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
  const reconcile = (...args: string[]) => run(['reconcile', '--merchant', 'demo', ...args]);

  it("are compared with Payme's list", async () => {
    const { code, stdout, stderr } = await reconcile('--day', day, '--source', 'payme');
    assert.equal(code, 0, stderr);
    assert.match(stdout, new RegExp(`^demo, payme, ${day}: \\d+ paid there, \\d+ known here`));
    assert.match(stdout, /Nothing differs\.\n$/);
  });

  it("are compared with the list of Paykassma's cabinet, and what differs is shown", async () => {
    assert.match((await reconcile('--day', day, '--source', 'paykassma')).stderr, /--csv: expected for paykassma/);
    const csv = join(tmpdir(), `pay-desk-cabinet-${process.pid}.csv`);
    writeFileSync(csv, 'no columns that anybody knows\n');
    const wrong = await reconcile('--day', day, '--source', 'paykassma', '--csv', csv);
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /^(Refused|It failed): /);
    writeFileSync(
      csv,
      `transaction_id,amount,currency,created_at,wallet,custom_id\n9990001,6000.00,MMK,${day} 12:00:00,wavepay,\n`,
    );
    const { code, stdout, stderr } = await reconcile('--day', day, '--source', 'paykassma', '--csv', csv);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /\npaid_there +6000\.00 MMK +–/);
    rmSync(csv);
    assert.match((await reconcile('--day', '2026-11-31', '--source', 'payme')).stderr, /2026-11-31|Refused/);
  });
});

describe('the whole', () => {
  it('has a status and an export', async () => {
    const { stdout } = await run(['status']);
    assert.match(stdout, /^version +\d+\.\d+\.\d+, sqlite\ndatabase +ok\n/);
    const today = new Date().toISOString().slice(0, 10);
    const csv = (await run(['export', '--from', today, '--to', today])).stdout.split('\r\n');
    assert.match(csv[0] ?? '', /^created,paid,merchant,payment,reference,/);
    assert.ok(csv.length > 2);
  });

  it('answers a wrong key, and an unknown payment, each with its exit code', async () => {
    const wrong = await run(['queue'], `op_${'wrong'.padEnd(43, 'W')}`);
    assert.equal(wrong.code, 4);
    assert.equal(wrong.stderr, 'Refused: no operator has this key.\n');
    const unknown = await run(['payments', 'show', 'PD-0000-0000']);
    assert.equal(unknown.code, 1);
    assert.match(unknown.stderr, /^Refused: /);
  });
});
