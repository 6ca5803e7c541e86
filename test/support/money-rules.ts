/**
 * The frame of the random tests of the rules of money (`server/README.md`): steps are drawn and taken, after every step the
 * payments must agree with the service's own ledger, and when the faults end no money may be forgotten. Each payment method says
 * which steps there are and what it compares.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { ProblemError } from '../../server/payments/model/errors.ts';
import type { AttemptRecord, EvidenceRecord, PaymentRecord } from '../../server/payments/model/records.ts';
import type { Store } from '../../server/payments/model/store.ts';
import { assertMoneyDecides } from './assert-money-decides.ts';
import { type AuditTrail, openAuditTrail } from './audit-trail.ts';
import { engines } from './engines.ts';
import { propertyRuns } from './property-runs.ts';

/** A test bed of one method, as far as every method has it. */
interface TestBed {
  store: Store;
  failures: unknown[];
  control(path: string, body: object): Promise<unknown>;
  close(): Promise<void>;
}

/** The payments that one random run works on. */
export interface Run<Bed extends TestBed> {
  testBed: Bed;
  ids: readonly string[];
}

export interface MoneyRules<Bed extends TestBed, Step, Own extends Run<Bed>> {
  /** What moves the money: `cards`, `transfers`. */
  name: string;
  /** Under what the rules hold. */
  under: string;
  steps: fc.Arbitrary<Step[]>;
  /** How many random runs there are on each engine. */
  runs: { sqlite: number; postgres: number };
  open(databaseUrl: string): Promise<Bed>;
  /** Creates the payments of one run; the simulator is reset before. */
  begin(testBed: Bed): Promise<Own>;
  take(run: Own, step: Step): Promise<void>;
  /** Is called after every step. */
  check(run: Own, trail: AuditTrail): Promise<void>;
  /** Ends the faults, and lets so much time pass that everything in flight has arrived or timed out. */
  endFaults(run: Own): Promise<void>;
  /** Is called at the end, after one more `check`. */
  checkEnd(run: Own): Promise<void>;
}

export function testMoneyRules<Bed extends TestBed, Step, Own extends Run<Bed>>(rules: MoneyRules<Bed, Step, Own>): void {
  for (const engine of engines) {
    describe(`the rules of money for ${rules.name} (${engine.name})`, { skip: engine.skip }, () => {
      let database: { url: string; drop(): Promise<void> };
      let testBed: Bed;
      let trail: AuditTrail;
      before(async () => {
        database = await engine.create();
        testBed = await rules.open(database.url);
        trail = openAuditTrail(database.url);
      });
      after(async () => {
        await trail.close();
        await testBed.close();
        await database.drop();
      });

      it(`hold under ${rules.under}`, async () => {
        await fc.assert(
          fc.asyncProperty(rules.steps, async (steps) => {
            await testBed.control('reset', {});
            testBed.failures.length = 0;
            const run = await rules.begin(testBed);
            for (const step of steps) {
              await rules.take(run, step);
              await rules.check(run, trail);
            }
            await rules.endFaults(run);
            await rules.check(run, trail);
            await rules.checkEnd(run);
          }),
          { numRuns: propertyRuns(rules.runs[engine.name]), endOnFailure: true },
        );
      });
    });
  }
}

/** A random step: its name, and what is drawn for it. */
export const step = <Name extends string, Own extends object>(name: Name, own: { [K in keyof Own]: fc.Arbitrary<Own[K]> }) =>
  fc.record({ do: fc.constant(name), ...own }) as fc.Arbitrary<{ do: Name } & Own>;

/** A request of a customer may be declined with a problem; anything else that is thrown is a bug. */
export const mayBeDeclined = (cause: unknown): void => assert.ok(cause instanceof ProblemError, String(cause));

export interface CheckedPayment {
  payment: PaymentRecord;
  attempts: AttemptRecord[];
  /** The evidence that is in the sum. */
  counted: EvidenceRecord[];
  /** Sum of the counted evidence, in minor units. */
  paid: number;
}

/** Checks what holds for every method, and returns what the method compares with its service's ledger. */
export async function checkPayment(store: Store, trail: AuditTrail, id: string): Promise<CheckedPayment> {
  await assertMoneyDecides(store, id);
  await trail.assertWhole(id);
  const payment = (await store.payment(id)) ?? assert.fail();
  const attempts = await store.attempts(id);
  const counted = (await store.evidence(id)).filter((row) => row.counted);
  const paid = counted.reduce((sum, { amount }) => sum + amount, 0);
  const waiting = attempts.filter(({ status }) => status === 'awaiting_customer').length;
  assert.equal(waiting, payment.status === 'awaiting_customer' ? 1 : 0);
  if (['succeeded', 'refunding', 'refunded'].includes(payment.status))
    assert.ok(paid >= payment.amount - payment.discount, 'no false success');
  return { payment, attempts, counted, paid };
}
