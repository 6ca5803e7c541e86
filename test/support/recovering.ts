/** What a shop keeps of its payments, and what an operator does with it after a restore. */
import assert from 'node:assert/strict';
import { RecoverPayment } from '../../server/contract/operate.ts';
import { createActs } from '../../server/payments/acts.ts';
import { createChangeNotifier, createUnitOfWork } from '../../server/payments/change-feed.ts';
import type { MethodPort, Telemetry } from '../../server/payments/model/ports.ts';
import type { Payments } from '../../server/payments/payments.ts';
import { recoverFromShop } from '../../server/payments/recover-from-shop.ts';
import type { OpenStore } from '../../server/storage/store.ts';
import type { FakeClock } from './fake-clock.ts';
import { merchant } from './method-test-bed.ts';

interface Bed {
  payments: Payments;
  store: OpenStore;
  clock: FakeClock;
  methods: readonly MethodPort[];
  failures: unknown[];
}

export type ShopPayment = RecoverPayment['payment'];

/** What the shop keeps of these payments: the JSON of the last webhook. */
export async function shopOf({ payments }: Bed, ids: readonly string[]): Promise<(id: string) => ShopPayment> {
  const kept = new Map<string, string>();
  for (const id of ids) kept.set(id, JSON.stringify(await payments.read(merchant.id, id)));
  const note = 'from the log of the shop';
  return (id) => RecoverPayment.parse({ merchantId: merchant.id, payment: JSON.parse(kept.get(id) ?? ''), note }).payment;
}

/** What an operator does. */
export function peopleOf({ payments, store, clock, methods, failures }: Bed) {
  const observer: Telemetry = {
    upstreamCall: () => undefined,
    attempt: () => undefined,
    webhook: () => undefined,
    failure: (_where, cause) => void failures.push(cause),
  };
  const unit = createUnitOfWork({ store, clock, changes: createChangeNotifier(), observer });
  const deps = { ...unit, methods, merchant: () => merchant };
  const acts = createActs({ ...deps, payments, settleAttempt: payments.settleAttempt });
  const read = async (id: string) => (await payments.read(merchant.id, id)) ?? assert.fail(`there is no payment ${id}`);
  return {
    read,
    acts,
    unit,
    /** @param actsForAll The operator is not limited to some merchants. */
    recover: (payment: ShopPayment, actsForAll = true) =>
      recoverFromShop(
        deps,
        { merchantId: merchant.id, payment, note: 'from the log of the shop' },
        { by: 'operator:anna', actsForAll },
      ),
    /** Says that the money which the shop named has come. */
    async resolvePaid(id: string): Promise<void> {
      const { version, currency, evidence } = await read(id);
      const [money] = evidence;
      const wanted = { outcome: 'paid', amount: money?.amount ?? 0, currency, note: 'seen in the cabinet', version } as const;
      await acts.resolve(id, { ...wanted, attemptId: money?.attemptId ?? '' }, 'operator:anna');
    },
  };
}
