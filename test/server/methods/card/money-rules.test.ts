/**
 * The rules of money for cards, under random customers, faults, operators and refunds: after every step the payments agree with
 * Payme's own ledger, and when the faults end no debit that bears one of our ids is forgotten.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PaymentRecord } from '../../../../server/payments/model/records.ts';
import type { AuditTrail } from '../../../support/audit-trail.ts';
import { type CardTestBed, createCardTestBed } from '../../../support/card-test-bed.ts';
import { checkPayment, mayBeDeclined, type Run, step, testMoneyRules } from '../../../support/money-rules.ts';

const good = '8600069195406311';
const other = '8600495473316478';
const declined = '8600134301849596';
const written = [
  'cards.get_verify_code',
  'cards.verify',
  'receipts.create',
  'receipts.pay',
  'receipts.cancel',
  'receipts.send',
] as const;

const Who = fc.integer({ min: 0, max: 1 });
const Step = fc.oneof(
  { weight: 6, arbitrary: step('card', { who: Who, number: fc.constantFrom(good, good, other, declined), save: fc.boolean() }) },
  {
    weight: 9,
    arbitrary: step('code', { who: Who, right: fc.constantFrom(true, true, true, false), tabs: fc.constantFrom(1, 2) }),
  },
  { weight: 3, arbitrary: step('saved', { who: Who }) },
  { weight: 1, arbitrary: step('resend', { who: Who }) },
  { weight: 1, arbitrary: step('leave', { who: Who, way: fc.constantFrom('abandon', 'cancel') }) },
  { weight: 2, arbitrary: step('refund', { who: Who }) },
  {
    weight: 4,
    arbitrary: step('pass', { ms: fc.constantFrom(2_000, 2_000, 20_000, 61_000, 3_600_001), rechecks: fc.boolean() }),
  },
  { weight: 2, arbitrary: step('operator', { pick: fc.nat(9), state: fc.constantFrom(4, 20, 21, 50) }) },
  {
    weight: 2,
    arbitrary: step('settings', {
      pay: fc.constantFrom('instant', 'stepwise', 'late'),
      rotateToken: fc.boolean(),
      amount: fc.constantFrom(undefined, undefined, 499_999),
      cancel: fc.constantFrom(null, null, -31008),
    }),
  },
  {
    weight: 5,
    arbitrary: step('fault', {
      op: fc.constantFrom(...written, 'receipts.pay', 'receipts.get', 'receipts.check', 'cards.check', 'cards.remove', '*'),
      when: fc.constantFrom('before', 'after'),
      kind: fc.constantFrom('timeout', 'reset', 'http500', 'html', 'malformed'),
    }),
  },
);
type Step = typeof Step extends fc.Arbitrary<infer T> ? T : never;

testMoneyRules<CardTestBed, Step, Run<CardTestBed>>({
  name: 'cards',
  under: 'random customers, faults, operators and refunds',
  steps: fc.array(Step, { minLength: 4, maxLength: 14 }),
  runs: { sqlite: 30, postgres: 15 },
  open: (databaseUrl) => createCardTestBed({ databaseUrl, timeoutMs: 80, settings: { confirmSaved: 'click' } }),
  async begin(testBed) {
    // Each run has a customer without saved cards.
    const label = `customer-${testBed.clock.now()}`;
    return { testBed, ids: [await testBed.pay({ label }), await testBed.pay({ label })] };
  },
  take,
  check: assertRules,
  endFaults,
  checkEnd: assertNothingForgotten,
});

async function take({ testBed, ids }: Run<CardTestBed>, step: Step): Promise<void> {
  const id = 'who' in step ? (ids[step.who] ?? '') : '';
  switch (step.do) {
    case 'card':
      await testBed.card(id, { number: step.number, save: step.save }).catch(mayBeDeclined);
      return;
    case 'code': {
      const submit = () => testBed.code(id, step.right ? '666666' : '000000').catch(mayBeDeclined);
      await Promise.all(Array.from({ length: step.tabs }, submit));
      return;
    }
    case 'saved': {
      const { merchantId, label } = (await testBed.store.payment(id)) ?? assert.fail();
      const [card] = await testBed.store.cards(merchantId, label);
      if (card) await testBed.saved(id, card.id).catch(mayBeDeclined);
      return;
    }
    case 'resend':
      await testBed.resend(id).catch(mayBeDeclined);
      return;
    case 'leave':
      await testBed.payments[step.way](id).catch(mayBeDeclined);
      return;
    case 'refund':
      await testBed.payments.refund(id).catch(mayBeDeclined);
      return;
    case 'pass':
      testBed.clock.advance(step.ms);
      if (step.rechecks) for (const one of ids) await testBed.payments.recheck(one);
      await testBed.reconciler.runOnce();
      return;
    case 'operator': {
      const { receipts } = testBed.simulator.ledger();
      const picked = receipts[step.pick % receipts.length];
      // Some steps are not allowed, and the operator gets an error.
      if (picked) await testBed.control(`receipts/${picked.id}/state`, { state: step.state }).catch(() => undefined);
      return;
    }
    case 'settings': {
      const { pay, rotateToken, amount, cancel } = step;
      const lieAbout = amount === undefined ? {} : { receipt: { amount } };
      await testBed.control('settings', { pay, rotateToken, lieAbout, lateMs: 30_000, refuse: { 'receipts.cancel': cancel } });
      return;
    }
    case 'fault':
      await testBed.control('faults', { op: step.op, when: step.when, kind: step.kind });
  }
}

/** Calls that timed out may still be in a socket; after one more round trip they have arrived. Then everything is checked. */
async function endFaults({ testBed, ids }: Run<CardTestBed>): Promise<void> {
  await fetch(`${testBed.simulator.origin}/_/faults`, { method: 'DELETE' });
  for (let trip = 0; trip < 3; trip += 1) await (await fetch(`${testBed.simulator.origin}/_/faults`)).text();
  await testBed.control('settings', { pay: 'instant', lieAbout: {}, refuse: { 'receipts.cancel': null } });
  // An operator at Payme decides every open case.
  for (const { id, state, debits } of testBed.simulator.ledger().receipts)
    if (state === 20) await testBed.control(`receipts/${id}/state`, { state: debits.length > 0 ? 4 : 50 });
  const moving = async () => (await Promise.all(ids.map((id) => testBed.store.payment(id)))).some((one) => one && isMoving(one));
  for (let pass = 0; pass < 40 && (pass < 2 || (await moving())); pass += 1) {
    for (const id of ids) await testBed.payments.recheck(id);
    testBed.clock.advance(pass < 5 ? 61_000 : 3_600_000);
    await testBed.reconciler.runOnce();
  }
  // What has just ended is cleaned up by the next pass.
  await testBed.reconciler.runOnce();
}

const isMoving = ({ status }: Pick<PaymentRecord, 'status'>) => status === 'processing' || status === 'refunding';

async function receiptsOf({ testBed }: Run<CardTestBed>, attemptIds: readonly string[]) {
  return testBed.simulator.ledger().receipts.filter(({ description }) => attemptIds.some((id) => description.startsWith(id)));
}

async function assertRules(run: Run<CardTestBed>, trail: AuditTrail): Promise<void> {
  const { testBed, ids } = run;
  const { receipts, calls } = testBed.simulator.ledger();
  const intents: string[] = [];
  for (const id of ids) {
    const { payment, attempts, counted } = await checkPayment(testBed.store, trail, id);
    const own = await receiptsOf(
      run,
      attempts.map((attempt) => attempt.id),
    );
    const pulled = own.flatMap(({ debits }) => debits).filter(({ refundedAt }) => refundedAt === null);
    const sum = pulled.reduce((total, { amount }) => total + amount, 0);
    assert.ok(sum <= payment.amount, `no double charge: ${sum} of ${payment.amount}`);
    for (const { upstreamId, amount, currency } of counted) {
      const book = receipts.find((one) => one.id === upstreamId);
      const money = book && [book.debits.length, book.debits[0]?.amount, book.currency];
      assert.deepEqual([money, currency], [[1, amount, 860], 'UZS'], 'evidence of money that Payme’s books do not hold');
    }
    for (const attempt of attempts) {
      intents.push(...(await testBed.store.intents(attempt.id)).map(({ operation }) => operation));
      const made = own.filter(({ description }) => description.startsWith(attempt.id));
      assert.ok(made.length <= 1, 'one receipt per attempt');
      for (const receipt of made) {
        const pays = calls.filter(({ method, receipt: on }) => method === 'receipts.pay' && on === receipt.id).length;
        assert.ok(pays <= 1, 'no blind retry');
        const over = attempt.status === 'declined' || attempt.status === 'abandoned';
        const holds = receipt.debits.some(({ refundedAt }) => refundedAt === null);
        assert.ok(!over || !holds, `the truth: "${attempt.status}" was shown though money was taken`);
        if (over && pays > 0) assert.equal(receipt.state, 50, 'a receipt that may still be paid was left');
      }
    }
  }
  for (const method of written) {
    const sent = calls.filter((call) => call.method === method).length;
    const known = intents.filter((operation) => operation === method).length;
    assert.ok(sent <= known, `write ahead: ${sent} calls of ${method}, ${known} intents`);
  }
}

async function assertNothingForgotten(run: Run<CardTestBed>): Promise<void> {
  const { testBed, ids } = run;
  for (const id of ids) {
    const attempts = await testBed.store.attempts(id);
    const { status, problem } = (await testBed.store.payment(id)) ?? assert.fail();
    assert.ok(!isMoving({ status }), `it stays ${status}`);
    const own = await receiptsOf(
      run,
      attempts.map((attempt) => attempt.id),
    );
    const debits = own.flatMap((receipt) => receipt.debits);
    if (debits.some(({ refundedAt }) => refundedAt === null))
      assert.ok(['succeeded', 'needs_review'].includes(status), `money, and the payment is ${status}`);
    if (status === 'refunded') assert.ok(debits.length > 0 && debits.every(({ refundedAt }) => refundedAt !== null));
    if (status === 'open') assert.ok(attempts.length === 0 || problem !== null || attempts.at(-1)?.status === 'abandoned');
    const webhooks = await testBed.webhookTypes(id);
    if (['succeeded', 'needs_review', 'refunded'].includes(status))
      assert.ok(webhooks.includes(`payment.${status}`), 'no webhook reports it');
    const sealed = attempts.filter((attempt) => attempt.sealed !== null && attempt.status !== 'awaiting_customer');
    assert.deepEqual(sealed, [], 'a token that nobody needs');
  }
  const bugs = testBed.failures.filter((failure) => !JSON.stringify(failure, errorText).includes('is not what was asked for'));
  assert.deepEqual(bugs, []);
}

const errorText = (_key: string, value: unknown) => (value instanceof Error ? value.message : value);
