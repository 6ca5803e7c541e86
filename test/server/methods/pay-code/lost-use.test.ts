/** A code that paid in the time that a restored backup lacks: it is not lost, and it never counts twice. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PayCodeSettings } from '../../../../server/methods/pay-code/account.ts';
import { readQueue } from '../../../../server/operate/queue.ts';
import { createActs } from '../../../../server/payments/acts.ts';
import { createChangeNotifier, createUnitOfWork } from '../../../../server/payments/change-feed.ts';
import { newAttemptId } from '../../../../server/payments/model/ids.ts';
import { createBackedUp } from '../../../support/backed-up.ts';
import { type Engine, usualEngines } from '../../../support/engines.ts';
import { merchant } from '../../../support/method-test-bed.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { allRules } from './all-rules.ts';

for (const engine of usualEngines) {
  describe(`a code that was used before a restore (${engine.name})`, { skip: engine.skip }, () => {
    it('pays the payment that it had paid when it is typed again', async () => {
      await inGap(engine, async ({ bed, restored, uses }) => {
        const id = await bed.pay();
        return {
          paid: async () => {
            assert.equal((await bed.submit(id, 'GOOD0001')).status, 'succeeded');
          },
          restoredThen: async () => {
            const again = await restored();
            assert.equal((await again.payments.view(id)).status, 'open', 'the backup does not know that it is paid');
            const view = await again.submit(id, 'GOOD0001');
            assert.deepEqual([view.status, view.amountPaid, uses('GOOD0001')], ['succeeded', 2500, 1]);
            assert.deepEqual(
              (await again.webhooks()).map(({ type, payment }) => [type, payment]),
              [['payment.succeeded', id]],
            );
            const other = await again.submit(await again.pay(), 'GOOD0001');
            assert.deepEqual([other.status, other.problem?.code], ['open', 'code_used'], 'it counts once');
          },
        };
      });
    });

    it('waits for a person where it had paid a payment that is lost, and counts once', async () => {
      await inGap(engine, async ({ bed, restored, uses }) => ({
        paid: async () => {
          assert.equal((await bed.submit(await bed.pay(), 'GOOD0002')).status, 'succeeded');
        },
        restoredThen: async () => {
          const again = await restored();
          const id = await again.pay();
          const view = await again.submit(id, 'GOOD0002');
          assert.deepEqual([view.status, view.amountPaid, uses('GOOD0002')], ['needs_review', 0, 1]);
          const payment = await again.payments.read('books', id);
          assert.deepEqual(
            payment?.evidence.map(({ amount, counted }) => [amount, counted]),
            [[2500, false]],
          );
          const other = await again.submit(await again.pay(), 'GOOD0002');
          assert.deepEqual([other.status, other.problem?.code], ['open', 'code_used'], 'its money is stored once');
        },
      }));
    });

    it('is used where somebody else used it, or it was used at another time', async () => {
      await inGap(engine, async ({ bed, restored }) => ({
        paid: async () => undefined,
        restoredThen: async () => {
          const again = await restored();
          const typed = async (code: string) => (await again.submit(await again.pay(), code)).problem?.code;
          assert.equal(await typed('USED0001'), 'code_used');
          // A server of somebody else that sells through the same account.
          bed.clock.advance(3_600_000);
          const use = { code: 'GOOD0003', rule_slug: 'demo-enter', client: `pw:${newAttemptId('pay_elsewhere')}` };
          await useCode(bed, use);
          assert.equal(await typed('GOOD0003'), 'code_used');
        },
      }));
    });

    for (const [what, code, settings, use, by] of [
      [
        'a discount',
        'DISCFULL',
        { rules: allRules },
        async (bed: PayCodeTestBed) => {
          assert.equal((await bed.submit(await bed.pay(), 'DISCFULL')).status, 'succeeded');
        },
        /^The discount code ending in \S+ was used .* by a payment that is lost, so it counts for nothing here\./,
      ],
      [
        'a code that PayCodes names nobody of ours for',
        'GOOD0004',
        { clientRecovery: false },
        (bed: PayCodeTestBed) => useCode(bed, { code: 'GOOD0004', rule_slug: 'demo-enter', client: 'somebody' }),
        /^The pay code ending in 0004 was used .* and PayCodes does not say by whom/,
      ],
    ] as const) {
      it(`waits as a flag where it was ${what}: it counts for nothing, and a person notes what they did about it`, async () => {
        await inGap(
          engine,
          async ({ bed, restored }) => ({
            paid: () => use(bed),
            restoredThen: async () => {
              const again = await restored();
              const id = await again.pay();
              // Typed twice, and for another payment too: whoever compensates for it does so once.
              for (const payment of [id, id, await again.pay()]) {
                const view = await again.submit(payment, code);
                assert.deepEqual([view.status, view.amountPaid, view.problem?.code], ['open', 0, 'code_used']);
              }
              const { items, counts } = await queueOf(again);
              assert.deepEqual([items.map(({ kind, paymentId }) => [kind, paymentId]), counts], [[['code_used_in_gap', id]], 1]);
              const [{ id: flagId, reason } = assert.fail()] = items;
              assert.match(reason, by);
              assert.ok(!reason.includes(code));
              const acts = people(again);
              await acts.closeFlag(flagId, 'the shop had delivered for it', 'operator:anna');
              await acts.closeFlag(flagId, 'once more', 'operator:ben');
              assert.deepEqual((await queueOf(again)).items, []);
              await again.submit(id, code);
              assert.deepEqual((await queueOf(again)).items, [], 'what was looked at does not come back');
              const closed = (await again.store.reads.auditOf([id])).filter(({ type }) => type === 'flag.closed');
              assert.deepEqual(
                closed.map(({ data }) => [data.by, data.note]),
                [['operator:anna', 'the shop had delivered for it']],
              );
            },
          }),
          settings,
        );
      });
    }
  });
}

async function queueOf({ store, clock }: PayCodeTestBed) {
  const { items, counts } = await readQueue(store.reads, { merchants: null, postbacksOf: null, limit: 10 }, clock.now());
  return { items, counts: counts.code_used_in_gap };
}

/** What operators may do. */
const people = ({ parts: { store, clock, payments, observer }, methods }: PayCodeTestBed) => {
  const unit = createUnitOfWork({ store, clock, observer, changes: createChangeNotifier() });
  return createActs({ ...unit, methods, payments, settleAttempt: payments.settleAttempt, merchant: () => merchant });
};

interface Gap {
  bed: PayCodeTestBed;
  /** The server on the restored database. */
  restored(): Promise<PayCodeTestBed>;
  uses(code: string): number;
}

/** What is made before the backup, then `paid` after it, and `restoredThen` after the restore. */
async function inGap(
  engine: Engine,
  story: (gap: Gap) => Promise<{ paid(): Promise<void>; restoredThen(): Promise<void> }>,
  settings: Partial<PayCodeSettings> = {},
): Promise<void> {
  const database = await createBackedUp(engine);
  const bed = await createPayCodeTestBed({ databaseUrl: database.url, settings });
  const again: PayCodeTestBed[] = [];
  const restored = async () => {
    const made = await createPayCodeTestBed({ databaseUrl: database.url, settings, beside: bed });
    again.push(made);
    return made;
  };
  try {
    const { paid, restoredThen } = await story({ bed, restored, uses: bed.uses });
    await database.backUp();
    bed.clock.advance(60_000);
    await paid();
    await bed.store.close();
    bed.clock.advance(60_000);
    await database.restore(bed.clock.now());
    await database.release(bed.clock.now());
    await restoredThen();
    for (const one of again) assert.deepEqual(one.failures, []);
  } finally {
    for (const one of again) await one.close();
    await bed.simulator.close();
    await database.drop();
  }
}

async function useCode({ simulator }: PayCodeTestBed, params: Record<string, string>): Promise<void> {
  const answer = await fetch(simulator.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${simulator.key}` },
    body: JSON.stringify({ jsonrpc: '2.0', id: '1', method: 'use_code', params }),
  });
  const { result } = (await answer.json()) as { result: { status: unknown } };
  assert.equal(result.status, true);
}
