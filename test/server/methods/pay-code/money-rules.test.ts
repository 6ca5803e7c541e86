/**
 * The rules of money for codes of every kind, under random customers, SMS, faults, times and changes of method. After every step
 * the payments agree with PayCodes' own ledger. When the faults end, no paid money is lost and no secret is stored any more.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Use } from '../../../../demo/simulators/paycodes/code-book.ts';
import type { AttemptRecord, DiscountRecord, PaymentRecord } from '../../../../server/payments/model/records.ts';
import type { AuditTrail } from '../../../support/audit-trail.ts';
import { checkPayment, mayBeDeclined, type Run, step, testMoneyRules } from '../../../support/money-rules.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { allRules } from './all-rules.ts';

const codes = ['GOOD0001', 'GOOD0001', 'LOST0001', 'RACE0001', 'NOSUCH01', 'SMSG0001'] as const;
const discounts = ['DISC0001', 'DISC0001', 'DISC0002', 'DISCLOST', 'DISCRACE', 'FULL0001'] as const;
/** Ten percent off the first leaves 25.00: the price of a code and of an SMS, and the second amount. */
const amounts = [2777, 2500];
const rules = allRules.filter(({ slug }) =>
  ['demo-enter', 'demo-sms', 'demo-reversed', 'demo-discount', 'demo-full'].includes(slug),
);
const hour = 3_600_000;

const Who = fc.integer({ min: 0, max: 1 });
const Step = fc.oneof(
  { weight: 7, arbitrary: step('type', { who: Who, code: fc.constantFrom(...codes) }) },
  { weight: 6, arbitrary: step('type', { who: Who, code: fc.constantFrom(...discounts) }) },
  { weight: 2, arbitrary: step('typeShown', { who: Who, of: Who }) },
  { weight: 8, arbitrary: step('show', { who: Who }) },
  { weight: 1, arbitrary: step('ask', { who: Who }) },
  { weight: 7, arbitrary: step('send', { who: Who, twice: fc.boolean(), delayMs: fc.constantFrom(0, 0, 5_000, 2 * hour) }) },
  { weight: 4, arbitrary: step('leave', { who: Who, way: fc.constantFrom('abandon', 'abandon', 'cancel', 'removeDiscount') }) },
  { weight: 5, arbitrary: step('pass', { ms: fc.constantFrom(1_000, 3_000, 31_000, 61_000, 2 * hour) }) },
  {
    weight: 5,
    arbitrary: step('fault', {
      op: fc.constantFrom('use_code', 'use_code', 'get_code', 'generate_code', '*'),
      when: fc.constantFrom('before', 'after'),
      kind: fc.constantFrom('reset', 'http500', 'malformed'),
    }),
  },
);
type Step = typeof Step extends fc.Arbitrary<infer T> ? T : never;

interface CodeRun extends Run<PayCodeTestBed> {
  /** The code that each payment showed last. */
  shown: (string | undefined)[];
}

testMoneyRules<PayCodeTestBed, Step, CodeRun>({
  name: 'codes',
  under: 'random customers, SMS, faults, times and changes of method',
  steps: fc.array(Step, { minLength: 4, maxLength: 16 }),
  runs: { sqlite: 24, postgres: 8 },
  open: (databaseUrl) => createPayCodeTestBed({ databaseUrl, settings: { rules } }),
  async begin(testBed) {
    const ids = await Promise.all(amounts.map((amount) => testBed.pay({ amount, expiresIn: 3600 })));
    return { testBed, ids, shown: [] };
  },
  take,
  check: assertRules,
  endFaults,
  checkEnd: assertNothingForgotten,
});

async function take({ testBed, ids, shown }: CodeRun, step: Step): Promise<void> {
  const id = 'who' in step ? (ids[step.who] ?? '') : '';
  switch (step.do) {
    case 'type':
      await testBed.submit(id, step.code).catch(mayBeDeclined);
      return;
    case 'typeShown':
      await testBed.submit(id, shown[step.of] ?? 'NOSUCH02').catch(mayBeDeclined);
      return;
    case 'show':
      await testBed.startReversed(id).then(({ nextAction }) => {
        if (nextAction.kind === 'send_sms') shown[step.who] = nextAction.text.replace('PAY.CODE ', '');
      }, mayBeDeclined);
      return;
    case 'ask':
      await testBed.startSms(id).catch(mayBeDeclined);
      return;
    case 'send': {
      const code = shown[step.who];
      if (code) await testBed.sms(`PAY.CODE ${code}`, { duplicate: step.twice, delayMs: step.delayMs });
      return;
    }
    case 'leave':
      await testBed.payments[step.way](id).catch(mayBeDeclined);
      return;
    case 'pass':
      await testBed.later(step.ms);
      return;
    case 'fault':
      await testBed.control('faults', { op: step.op, when: step.when, kind: step.kind });
  }
}

/** Ends the faults, and lets so much time pass that everything in flight has arrived or timed out. */
async function endFaults({ testBed }: CodeRun): Promise<void> {
  await fetch(`${testBed.simulator.url}/_/faults`, { method: 'DELETE' });
  for (const ms of [2_000, 61_000, 61_000, 61_000, 2 * hour, hour, 49 * hour, hour]) await testBed.later(ms);
}

const isDiscount = (ruleSlug: string) => rules.some(({ slug, kind }) => slug === ruleSlug && kind === 'discount');
/** The value of every code and SMS here. */
const price = 2500;

/** What PayCodes' ledger contains about a payment. */
async function booksOf(
  testBed: PayCodeTestBed,
  uses: readonly Use[],
  payment: PaymentRecord,
  attempts: AttemptRecord[],
  discounts: DiscountRecord[],
) {
  const names = new Set([...attempts, ...discounts].map(({ id }) => `pw:${id}`));
  const own = uses.filter(({ client }) => names.has(client));
  const codesOf = (await Promise.all(attempts.map((attempt) => shownBy(testBed, attempt)))).flat();
  return {
    pulled: own.filter(({ ruleSlug }) => !isDiscount(ruleSlug)),
    redeemed: own.filter(({ ruleSlug }) => isDiscount(ruleSlug)),
    pushed: uses.filter(({ code, client }) => client === 'sms:sandbox' && codesOf.includes(code)),
    due: payment.amount - payment.discount,
  };
}

const codesShown = new Map<string, string>();
/** The code that an attempt shows. It is remembered here for the time after it has been erased. */
async function shownBy(testBed: PayCodeTestBed, { id, sealed, action }: AttemptRecord): Promise<string[]> {
  if (sealed !== null && action?.kind === 'send_sms' && action.continuation === 'wait')
    codesShown.set(id, testBed.sealer.open(sealed, id));
  const code = codesShown.get(id);
  return code === undefined ? [] : [code];
}

async function assertRules({ testBed, ids }: CodeRun, trail: AuditTrail): Promise<void> {
  const { calls, uses } = testBed.simulator.ledger();
  let recorded = 0;
  for (const id of ids) {
    const { payment, attempts } = await checkPayment(testBed.store, trail, id);
    const discounts = await testBed.store.discounts(id);
    const { pulled, redeemed, due } = await booksOf(testBed, uses, payment, attempts, discounts);
    const sum = pulled.length * price;
    assert.ok(sum <= due, `no double charge: ${sum} of ${due}`);
    assert.ok(redeemed.length <= 1, 'a discount was used twice');
    if (payment.status === 'succeeded')
      assert.equal(payment.discount > 0, redeemed.length === 1, 'paid with a discount that was not used, or used for nothing');
    if (redeemed.length === 1 && payment.discountCode?.status === 'redeemed')
      assert.ok(payment.discount > 0, 'the deduction is lost');
    if (payment.status === 'open') assert.equal(pulled.length, 0, 'the truth: "not paid" was shown though the code was used');
    if (pulled.length > 0) assert.ok(['succeeded', 'processing'].includes(payment.status), `no lost payment: ${payment.status}`);
    for (const one of [...attempts, ...discounts]) {
      const intents = await testBed.store.intents(one.id);
      recorded += intents.filter(({ operation }) => operation === 'generate_code').length;
      for (const name of [`pw:${one.id}`, `pw-fence:${one.id}`]) {
        const sent = calls.filter(({ method, client }) => method === 'use_code' && client === name).length;
        const known = intents.filter(({ operation, naturalKey }) => operation === 'use_code' && naturalKey === name).length;
        assert.ok(sent <= known, `write ahead: ${sent} calls, ${known} intents`);
      }
    }
    for (const attempt of attempts) {
      const [code] = await shownBy(testBed, attempt);
      // Another method is open only where the code that was shown can pay no more.
      if (code && payment.status === 'open' && attempt.status === 'abandoned')
        assert.deepEqual(
          uses.filter((use) => use.code === code).map(({ client }) => client),
          [`pw-fence:${attempt.id}`],
        );
    }
  }
  const made = calls.filter(({ method }) => method === 'generate_code').length;
  assert.ok(made <= recorded, 'write ahead: a code was made');
  const foreign = uses.filter(({ code, client }) => [...codesShown.values()].includes(code) && client.startsWith('pw:'));
  assert.deepEqual(foreign, [], 'a shown code was taken from the entry field');
}

async function assertNothingForgotten({ testBed, ids }: CodeRun): Promise<void> {
  assert.deepEqual(testBed.failures, []);
  const { uses } = testBed.simulator.ledger();
  for (const id of ids) {
    const payment = (await testBed.store.payment(id)) ?? assert.fail();
    const attempts = await testBed.store.attempts(id);
    const discounts = await testBed.store.discounts(id);
    const { pulled, redeemed, pushed, due } = await booksOf(testBed, uses, payment, attempts, discounts);
    assert.ok(['succeeded', 'canceled', 'expired'].includes(payment.status), `it stays ${payment.status}`);
    const events = await testBed.webhookTypes(id);
    const money = [...pulled, ...pushed];
    assert.equal(payment.amountPaid, money.length * price, 'money that no payment knows of');
    const paid = money.length > 0 || (redeemed.length > 0 && due === 0);
    assert.equal(payment.status === 'succeeded', paid, `money, and the payment is ${payment.status}`);
    assert.ok(events.includes(`payment.${payment.status}` as (typeof events)[number]), 'no webhook reports it');
    assert.ok(events.filter((type) => type === 'payment.succeeded').length <= 1, 'reported twice');
    const kept = [...attempts, ...discounts].filter(({ sealed }) => sealed !== null);
    assert.deepEqual(kept, [], 'a code that nobody needs is kept');
  }
  codesShown.clear();
}
