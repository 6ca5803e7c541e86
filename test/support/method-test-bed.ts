/**
 * The server without HTTP, as it is wired in `start-server.ts`: store, payments, reconciler, and a clock that the test moves. The
 * test beds of the three payment methods add their method and the simulator of its service.
 */
import type { CreatePayment, PaymentView, Webhook } from '../../server/contract/index.ts';
import { createChangeNotifier } from '../../server/payments/change-feed.ts';
import type { MethodPort, Telemetry } from '../../server/payments/model/ports.ts';
import type { PaymentRecord } from '../../server/payments/model/records.ts';
import { createPayments, type Payments } from '../../server/payments/payments.ts';
import { createReconciler } from '../../server/reconcile/reconciler.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { openStore } from '../../server/storage/store.ts';
import { auditChain } from './audit-chain.ts';
import type { FakeClock } from './fake-clock.ts';

export const merchant = { id: 'books', name: 'Nova Books', test: true, allowedOrigins: ['https://shop.example'] };

export interface MethodTestBedOptions {
  databaseUrl: string;
  clock: FakeClock;
  /** Origin of the simulator, whose control routes begin with `/_/`. */
  simulatorOrigin: string;
  /** The payment that `pay` creates by default; `orderId` is the beginning of its order's id. */
  order: Pick<CreatePayment, 'amount' | 'currency' | 'orderId' | 'phone'>;
}

/** What a payment method is made of, beside its account. */
export interface Core {
  store: Awaited<ReturnType<typeof openStore>>;
  payments: Payments;
  clock: FakeClock;
  observer: Telemetry;
}

/** @param wire Makes the methods; what else it returns is of the test bed of one method, and is returned as it is. */
export async function openMethodTestBed<Wired extends { ports: readonly MethodPort[] }>(
  { databaseUrl, clock, simulatorOrigin, order }: MethodTestBedOptions,
  wire: (core: Core) => Wired,
) {
  const store = await openStore(databaseUrl, auditChain);
  const failures: unknown[] = [];
  const observer: Telemetry = {
    upstreamCall: () => undefined,
    attempt: () => undefined,
    webhook: () => undefined,
    failure: (where, cause) => void failures.push({ where, cause }),
  };
  const methods: MethodPort[] = [];
  /** What the merchant asks for of `optInWebhookTypes`. */
  const asked = new Set<string>();
  const payments = createPayments({
    store,
    clock,
    changes: createChangeNotifier(),
    methods,
    merchant: () => merchant,
    observer,
    asksFor: (_merchantId, type) => asked.has(type),
  });
  const wired = wire({ store, payments, clock, observer });
  methods.push(...wired.ports);
  // It takes the clean-up of each method when it is created, so it comes last.
  const reconciler = createReconciler({ store, payments, methods, clock, observer });

  const outbox = async (paymentId: string): Promise<Webhook[]> => {
    const { db } = openDatabase(databaseUrl);
    const rows = await db.selectFrom('outbox').select('body').where('payment_id', '=', paymentId).orderBy('sequence').execute();
    await db.destroy();
    return rows.map(({ body }) => JSON.parse(body) as Webhook);
  };

  let orders = 0;
  const base = {
    clock,
    store,
    payments,
    methods,
    reconciler,
    asked,
    /** Reported failures; a test that expects none asserts that it is empty. */
    failures,
    async paymentOf(id: string): Promise<PaymentRecord> {
      const payment = await store.payment(id);
      if (!payment) throw new Error('no such payment');
      return payment;
    },
    /** Posts to a control route of the simulator: `faults`, `settings`, `reset` and those of its service. */
    async control(path: string, body: object): Promise<unknown> {
      const response = await fetch(`${simulatorOrigin}/_/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
    /** Creates a payment for a new order. */
    async pay(wanted: Partial<CreatePayment> = {}): Promise<string> {
      orders += 1;
      return payments.create(merchant, { label: 'customer', ...order, orderId: `${order.orderId}-${orders}`, ...wanted });
    },
    /** Moves the clock and runs the reconciler once. */
    async later(ms: number): Promise<void> {
      clock.advance(ms);
      await reconciler.runOnce();
    },
    /** Moves the clock until nothing of the payment is in flight any more, at most a day. */
    async untilSettled(id: string): Promise<PaymentView> {
      for (let passed = 0; passed < 24 * 3600; ) {
        const view = await payments.view(id);
        if (view.status !== 'processing' && view.status !== 'refunding') return view;
        const step = passed < 120 ? 2 : 60;
        clock.advance(step * 1000);
        passed += step;
        await reconciler.runOnce();
      }
      return payments.view(id);
    },
    /** The webhooks of one payment, oldest first; needs a database that a second connection can open. */
    outbox,
    webhookTypes: async (paymentId: string): Promise<string[]> => (await outbox(paymentId)).map(({ type }) => type),
  };
  return { base, wired };
}
