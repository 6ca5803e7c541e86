/**
 * The rules of money for transfers, under random customers, faults and postbacks: after every step the payments agree with
 * Paykassma's own ledger, and when the faults end no money that bears one of our ids is forgotten.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Transaction } from '../../../../demo/simulators/paykassma/money-book.ts';
import { postbackBody } from '../../../../demo/simulators/paykassma/postback-body.ts';
import type { AuditTrail } from '../../../support/audit-trail.ts';
import { checkPayment, mayBeDeclined, type Run, step, testMoneyRules } from '../../../support/money-rules.ts';
import { createWalletTestBed, type WalletTestBed } from '../../../support/wallet-test-bed.ts';

/** The simulator's numbers with a fixed outcome, one unknown number, and (first) those of transfers that were really made. */
const made = ['right', 'short', 'more', 'kbz'] as const;
const numbers = [...made, '1000000001', '1000000002', '1000000003', '1000000005', '1000000006', '2000000009'] as const;
const picture = { type: 'image/png', bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]) } as const;

const Who = fc.integer({ min: 0, max: 2 });
const Step = fc.oneof(
  {
    weight: 4,
    arbitrary: step('choose', { who: Who, wallet: fc.constantFrom('wavepay', 'kbzpay_manual'), knows: fc.boolean() }),
  },
  { weight: 8, arbitrary: step('submit', { who: Who, number: fc.constantFrom(...numbers) }) },
  { weight: 4, arbitrary: step('postback', { pick: fc.nat(20), how: fc.constantFrom('true', 'twice', 'tenfold', 'forged') }) },
  { weight: 2, arbitrary: step('match', { pick: fc.nat(20) }) },
  { weight: 2, arbitrary: step('early', { on: fc.boolean() }) },
  { weight: 1, arbitrary: step('leave', { who: Who, way: fc.constantFrom('abandon', 'cancel') }) },
  { weight: 1, arbitrary: step('pass', { ms: fc.constantFrom(60_000, 3_600_001, 2 * 86_400_000) }) },
  {
    weight: 3,
    arbitrary: step('fault', {
      op: fc.constantFrom('transaction/create', 'transaction/activate', 'possible-transaction', '*'),
      when: fc.constantFrom('before', 'after'),
      kind: fc.constantFrom('timeout', 'reset', 'http500', 'html', 'malformed'),
    }),
  },
);
type Step = typeof Step extends fc.Arbitrary<infer T> ? T : never;

interface TransferRun extends Run<WalletTestBed> {
  transfers: Record<(typeof made)[number], string>;
}

testMoneyRules<WalletTestBed, Step, TransferRun>({
  name: 'transfers',
  under: 'random customers, faults and postbacks',
  steps: fc.array(Step, { minLength: 4, maxLength: 14 }),
  runs: { sqlite: 50, postgres: 20 },
  open: (databaseUrl) => createWalletTestBed({ databaseUrl, activateMs: 80 }),
  async begin(testBed) {
    const ids = await Promise.all([0, 1, 2].map(() => testBed.pay()));
    for (const id of ids) await testBed.choose(id);
    const [right, short, more] = await Promise.all([6_000, 2_000, 6_000].map((amount) => testBed.transfer(amount)));
    const kbz = await testBed.transfer(6_000, 'kbzpay_manual');
    return { testBed, ids, transfers: { right, short, more, kbz } as TransferRun['transfers'] };
  },
  take,
  check: assertRules,
  endFaults,
  checkEnd: assertNothingForgotten,
});

async function take({ testBed, ids, transfers }: TransferRun, step: Step): Promise<void> {
  const id = 'who' in step ? (ids[step.who] ?? '') : '';
  switch (step.do) {
    case 'choose':
      await testBed.choose(id, step.wallet, step.knows).catch(mayBeDeclined);
      return;
    case 'submit': {
      const shown = (await testBed.store.attempts(id))
        .map(({ action }) => action)
        .findLast((action) => action?.kind === 'transfer');
      const number = Object.hasOwn(transfers, step.number) ? transfers[step.number as keyof typeof transfers] : step.number;
      await testBed.submit(id, number, shown?.kind === 'transfer' && shown.screenshot ? picture : undefined).catch(mayBeDeclined);
      return;
    }
    case 'postback': {
      const credited = testBed.simulator.ledger().transactions.filter(({ status }) => status === 'activated');
      const picked = credited[step.pick % credited.length];
      if (!picked) return;
      const shape = { unsignedTimes: step.how === 'tenfold' ? 10 : 1, wrongSignature: step.how === 'forged' };
      for (let time = 0; time < (step.how === 'twice' ? 2 : 1); time += 1)
        assert.equal(await send(testBed, picked, shape), step.how === 'forged' ? 401 : 200);
      return;
    }
    case 'match': {
      const waiting = testBed.simulator
        .ledger()
        .transactions.filter(({ status }) => status === 'possible' || status === 'pending');
      const picked = waiting[step.pick % waiting.length];
      // Another customer may have been faster, or the number has paid: then the operator gets an error, and nothing happens.
      const order = { custom_transaction_id: picked?.custom_transaction_id };
      if (picked) await testBed.control('transactions/match', order).catch(() => undefined);
      return;
    }
    case 'early':
      await testBed.control('postbacks', { url: step.on ? testBed.postbackUrl : null, beforeAnswer: step.on });
      return;
    case 'leave':
      await testBed.payments[step.way](id).catch(mayBeDeclined);
      return;
    case 'pass':
      testBed.clock.advance(step.ms);
      await testBed.reconciler.runOnce();
      return;
    case 'fault':
      await testBed.control('faults', { op: step.op, when: step.when, kind: step.kind });
  }
}

/** Sends a postback about a transaction of the ledger, which has major units; the body is made of minor units. */
async function send(
  testBed: WalletTestBed,
  transaction: Transaction,
  own: { unsignedTimes?: number; wrongSignature?: boolean } = {},
) {
  const minor = { ...transaction, amount: transaction.amount * 100, deposit_amount: (transaction.deposit_amount ?? 0) * 100 };
  const shape = { mode: 'flat', wrongSignature: false, unsignedTimes: 1, unescapedBody: false, ...own } as const;
  const body = postbackBody(minor, testBed.simulator.keys, shape);
  return (await fetch(testBed.postbackUrl, { method: 'POST', body })).status;
}

/** Calls that timed out may still be in a socket; after one more round trip they have arrived. Then all money is reported. */
async function endFaults({ testBed }: TransferRun): Promise<void> {
  await fetch(`${testBed.simulator.url}/_/faults`, { method: 'DELETE' });
  await testBed.control('postbacks', { url: null, beforeAnswer: false });
  for (let trip = 0; trip < 3; trip += 1) await (await fetch(`${testBed.simulator.url}/_/faults`)).text();
  for (const transaction of testBed.simulator.ledger().transactions)
    if (transaction.status === 'activated') assert.equal(await send(testBed, transaction), 200);
  testBed.clock.advance(120_000);
  await testBed.reconciler.runOnce();
}

async function assertRules({ testBed, ids }: TransferRun, trail: AuditTrail): Promise<void> {
  const { transactions, calls } = testBed.simulator.ledger();
  const payers = new Map<string, string>();
  for (const id of ids) {
    const { payment, attempts, counted } = await checkPayment(testBed.store, trail, id);
    assert.equal(payment.status === 'succeeded', payment.paidAt !== null);
    for (const { upstreamId, amount, currency } of counted) {
      const book = transactions.find((one) => one.custom_transaction_id === upstreamId);
      const money = book && [book.status, (book.deposit_amount ?? 0) * 100, book.currency_code];
      assert.deepEqual(money, ['activated', amount, currency], 'evidence of money that Paykassma’s books do not hold');
      const number = `${book?.wallet_type} ${book?.key1}`;
      assert.equal(payers.get(number) ?? id, id, 'one number paid two payments');
      payers.set(number, id);
    }
    for (const attempt of attempts) {
      const sent = calls.filter(({ custom_transaction_id }) => custom_transaction_id === attempt.id);
      assert.ok(sent.length <= 1, 'no blind retry');
      assert.ok(sent.length <= (await testBed.store.intents(attempt.id)).length, 'write ahead: a call without its intent');
      const book = transactions.find((one) => one.custom_transaction_id === attempt.id);
      if (attempt.status === 'declined') assert.ok(!book || book.status === 'refused', 'the truth: money was shown as refused');
    }
    const tried = new Set(attempts.flatMap(({ submittedReference }) => submittedReference ?? []));
    assert.ok(tried.size <= 5, 'five numbers for one payment');
  }
}

async function assertNothingForgotten({ testBed, ids }: TransferRun): Promise<void> {
  assert.deepEqual(testBed.failures, []);
  const { transactions } = testBed.simulator.ledger();
  for (const id of ids) {
    const mine = new Set((await testBed.store.attempts(id)).map((attempt) => attempt.id));
    const credited = transactions.filter((one) => one.status === 'activated' && mine.has(one.custom_transaction_id));
    const evidence = await testBed.store.evidence(id);
    for (const { custom_transaction_id } of credited)
      assert.ok(
        evidence.some(({ upstreamId }) => upstreamId === custom_transaction_id),
        'money that no payment knows of',
      );
    const { status } = (await testBed.store.payment(id)) ?? assert.fail();
    const webhooks = await testBed.webhookTypes(id);
    if (credited.length > 0) {
      assert.ok(['succeeded', 'underpaid', 'needs_review'].includes(status), `money, and the payment is ${status}`);
      assert.ok(webhooks.includes(`payment.${status}`), 'no webhook reports it');
    }
    assert.ok(webhooks.filter((type) => type === 'payment.succeeded').length <= 1, 'reported twice');
  }
}
