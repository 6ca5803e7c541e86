/**
 * The server without HTTP: store, payments, pay codes, reconciler and webhook sender, wired as in `start-server.ts`, with a
 * PayCodes simulator and a clock that the test moves.
 */
import { randomBytes } from 'node:crypto';
import type { Bulk } from '../../demo/simulators/paycodes/code-book.ts';
import { createPayCodesSimulator, type PayCodesSimulator } from '../../demo/simulators/paycodes/simulator.ts';
import { createPayCodesClient } from '../../server/clients/paycodes/client.ts';
import type { CreatePayment, PaymentView, Webhook } from '../../server/contract/index.ts';
import { type PayCodePaymentDeps, PayCodeSettings } from '../../server/methods/pay-code/account.ts';
import { createPayCodes } from '../../server/methods/pay-code/method.ts';
import { showCode } from '../../server/methods/pay-code/show-code.ts';
import { startSmsCode } from '../../server/methods/pay-code/sms-code.ts';
import { submitPayCode } from '../../server/methods/pay-code/submit-code.ts';
import { createChangeNotifier } from '../../server/payments/change-feed.ts';
import type { MethodPort, Telemetry } from '../../server/payments/model/ports.ts';
import { createPayments } from '../../server/payments/payments.ts';
import { createSealer } from '../../server/payments/sealer.ts';
import { createReconciler } from '../../server/reconcile/reconciler.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { openStore } from '../../server/storage/store.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { scaledTimeout } from './load-factor.ts';

export interface PayCodeTestBedOptions {
  databaseUrl?: string;
  settings?: Partial<PayCodeSettings>;
  /** Time-out of one call to PayCodes, shorter where a test loses answers; longer on a busy machine. */
  timeoutMs?: number;
  /** Many valid codes, for tests of guessing. */
  bulk?: Bulk;
  /** More payment methods beside codes. */
  methods?: readonly MethodPort[];
  /** Another test bed of the same server, as a second process or after a restart: it gets the same clock, key and PayCodes. */
  beside?: { clock: FakeClock; sealingKey: Buffer; simulator: PayCodesSimulator };
}

export const merchant = { id: 'books', name: 'Nova Books', test: true, allowedOrigins: ['https://shop.example'] };

export async function createPayCodeTestBed(options: PayCodeTestBedOptions = {}) {
  const { databaseUrl = 'sqlite::memory:', settings, timeoutMs = 5_000, bulk, methods: more = [], beside } = options;
  const clock = beside?.clock ?? createFakeClock();
  const simulator =
    beside?.simulator ??
    (await createPayCodesSimulator({ now: clock.now, slowMs: scaledTimeout(10_000), ...(bulk && { bulk }) }));
  const store = await openStore(databaseUrl);
  const failures: unknown[] = [];
  const observer: Telemetry = {
    upstreamCall: () => undefined,
    attempt: () => undefined,
    webhook: () => undefined,
    failure: (where, cause) => void failures.push({ where, cause }),
  };
  const parsed = PayCodeSettings.parse({
    url: simulator.url,
    auth: { type: 'bearer', key: simulator.key },
    // High limits, because there is one address here; a test of limits sets its own.
    limits: { wrongPerAddress: 10_000, shownPerAddress: 10_000, wrongPerMerchant: 10_000, floorMs: 0 },
    rules: ['demo-enter', 'demo-low', 'demo-high'].map((slug) => ({ slug, kind: 'enter', currency: 'PLN', priceScale: 2 })),
    ...settings,
  });
  const client = createPayCodesClient({ ...parsed, timeoutMs: scaledTimeout(timeoutMs), url: new URL(parsed.url) });
  const sealingKey = beside?.sealingKey ?? randomBytes(32);
  const sealer = createSealer(sealingKey);
  const methods: MethodPort[] = [];
  const payments = createPayments({ store, clock, changes: createChangeNotifier(), methods, merchant: () => merchant, observer });
  const deps: PayCodePaymentDeps = {
    account: () => ({ client, settings: parsed }),
    sealer,
    clock,
    observer,
    payments,
    store,
  };
  methods.push(createPayCodes(deps).port, ...more);
  const reconciler = createReconciler({ store, payments, methods, clock, observer });

  const paymentOf = async (id: string) => {
    const payment = await store.payment(id);
    if (!payment) throw new Error('no such payment');
    return payment;
  };
  const control = async (path: string, body: object): Promise<unknown> => {
    const response = await fetch(`${simulator.url}/_/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };

  let orders = 0;
  return {
    clock,
    sealingKey,
    simulator,
    store,
    payments,
    methods,
    reconciler,
    parts: deps,
    sealer,
    /** Reported failures; a test that expects none asserts that it is empty. */
    failures,
    /** Creates a payment, by default of 25.00 PLN, the price of `demo-enter`. */
    async pay(wanted: Partial<CreatePayment> = {}): Promise<string> {
      orders += 1;
      return payments.create(merchant, {
        amount: 2500,
        currency: 'PLN',
        orderId: `${beside ? 'second' : 'order'}-${orders}`,
        label: 'customer',
        ...wanted,
      });
    },
    /** Like the browser's POST, without the limit of 8 seconds. */
    async submit(paymentId: string, code: string, from: { ip?: string; acceptExcess?: boolean } = {}): Promise<PaymentView> {
      await submitPayCode(deps, await paymentOf(paymentId), code, { ip: '203.0.113.7', ...from });
      return payments.view(paymentId);
    },
    async startSms(paymentId: string): Promise<PaymentView> {
      await startSmsCode(deps, await paymentOf(paymentId), false);
      return payments.view(paymentId);
    },
    async startReversed(paymentId: string, ip = '203.0.113.7'): Promise<PaymentView> {
      await showCode(deps, await paymentOf(paymentId), { ip, acknowledge: false });
      return payments.view(paymentId);
    },
    /** Posts to a control route of the simulator: `faults`, `sms`, `settings`, `reset`. */
    control,
    /** Sends an SMS from the customer's phone. @returns The reply; null while the SMS has not arrived. */
    async sms(text: string, order: { to?: string; delayMs?: number; duplicate?: boolean } = {}): Promise<string | null> {
      const { mt } = (await control('sms', { from: '48500100200', to: '7255', text, ...order })) as { mt: string | null };
      return mt;
    },
    /** Moves the clock and runs the reconciler once. */
    async later(ms: number): Promise<void> {
      clock.advance(ms);
      await reconciler.runOnce();
    },
    /** The webhooks of one payment, oldest first; needs a database that a second connection can open. */
    async outbox(paymentId: string): Promise<Webhook[]> {
      const { db } = openDatabase(databaseUrl);
      const rows = await db.selectFrom('outbox').select('body').where('payment_id', '=', paymentId).orderBy('sequence').execute();
      await db.destroy();
      return rows.map(({ body }) => JSON.parse(body) as Webhook);
    },
    /** The calls of one method. */
    calls: (method: string) => simulator.ledger().calls.filter((call) => call.method === method),
    /** Moves the clock until the reconciler has nothing left to check, at most a day. */
    async untilSettled(paymentId: string): Promise<PaymentView> {
      for (let passed = 0; passed < 24 * 3600; ) {
        const view = await payments.view(paymentId);
        if (view.status !== 'processing') return view;
        const step = passed < 120 ? 2 : 60;
        clock.advance(step * 1000);
        passed += step;
        await reconciler.runOnce();
      }
      return payments.view(paymentId);
    },
    /** All webhooks so far, oldest first. */
    async webhooks(): Promise<{ type: string; sequence: number; payment: string }[]> {
      const rows = await store.leaseDueWebhooks(Number.MAX_SAFE_INTEGER, 0, 1000, []);
      return rows.map(({ type, sequence, paymentId }) => ({ type, sequence, payment: paymentId }));
    },
    /** How many codes were used at PayCodes. */
    uses: (code: string) => simulator.ledger().uses.filter((use) => use.code === code).length,
    async close(): Promise<void> {
      await store.close();
      await client.close();
      if (!beside) await simulator.close();
    },
  };
}

export type PayCodeTestBed = Awaited<ReturnType<typeof createPayCodeTestBed>>;
