/**
 * The server without HTTP, as in `pay-code-test-bed.ts`, with a Payme simulator: store, payments, cards, reconciler, and a clock
 * that the test moves.
 */
import { randomBytes } from 'node:crypto';
import { createPaymeSimulator, type PaymeSimulator } from '../../demo/simulators/payme/simulator.ts';
import { createPaymeClient } from '../../server/clients/payme/client.ts';
import type { CreatePayment, PaymentView, SubmitCard } from '../../server/contract/index.ts';
import { CardSettings } from '../../server/methods/card/account.ts';
import { createCards } from '../../server/methods/card/method.ts';
import { resendSmsCode, submitCardCode } from '../../server/methods/card/sms-confirmation.ts';
import { submitCard, submitCardToken, submitSavedCard } from '../../server/methods/card/start-card.ts';
import { createChangeNotifier } from '../../server/payments/change-feed.ts';
import type { MethodPort, Telemetry } from '../../server/payments/model/ports.ts';
import { createPayments } from '../../server/payments/payments.ts';
import { createSealer } from '../../server/payments/sealer.ts';
import { createReconciler } from '../../server/reconcile/reconciler.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { openStore } from '../../server/storage/store.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { scaledTimeout } from './load-factor.ts';
import { merchant } from './pay-code-test-bed.ts';

export interface CardTestBedOptions {
  databaseUrl?: string;
  settings?: { limits?: object; [name: string]: unknown };
  /** Deadline of one call to Payme, shorter where a test loses answers. */
  timeoutMs?: number;
  /** 32 bytes; the same for two test beds that stand for two processes of one server. */
  sealingKey?: Buffer;
  /** More payment methods beside cards. */
  methods?: readonly MethodPort[];
  /** The Payme and the clock of another test bed, of which this one is a second process. */
  beside?: { simulator: PaymeSimulator; clock: FakeClock };
}

export const goodCard = { number: '8600069195406311', expire: '03/99' };
export const smsCode = '666666';

export async function createCardTestBed({
  databaseUrl = 'sqlite::memory:',
  settings,
  timeoutMs = 3_000,
  sealingKey = randomBytes(32),
  methods: more = [],
  beside,
}: CardTestBedOptions = {}) {
  const clock = beside?.clock ?? createFakeClock();
  const simulator: PaymeSimulator = beside?.simulator ?? (await createPaymeSimulator({ now: clock.now, slowMs: 200 }));
  const store = await openStore(databaseUrl);
  const failures: unknown[] = [];
  const observer: Telemetry = {
    upstreamCall: () => undefined,
    attempt: () => undefined,
    webhook: () => undefined,
    failure: (where, cause) => void failures.push({ where, cause }),
  };
  const parsed = CardSettings.parse({
    url: simulator.url,
    cashboxId: simulator.cashbox.id,
    key: simulator.cashbox.key,
    timeoutsMs: { default: scaledTimeout(timeoutMs), pay: scaledTimeout(timeoutMs) },
    // High limits, because there is one good card and one address here; a test of limits sets its own.
    ...settings,
    limits: { cardsPerAddress: 10_000, smsPerPhone: 10_000, ...settings?.limits },
  });
  const client = createPaymeClient({
    url: new URL(parsed.url),
    cashboxId: parsed.cashboxId,
    key: parsed.key,
    timeoutsMs: parsed.timeoutsMs,
  });
  const upstream = `payme:${new URL(parsed.url).host}`;
  // One cashbox for all test beds of a database, although each has a simulator of its own.
  const account = { id: `payme:host:${parsed.cashboxId}`, upstream, client, settings: parsed };
  const sealer = createSealer(sealingKey);
  const cardParts = {
    account: (id: string) => (id === merchant.id ? account : null),
    publicUrl: new URL('https://pay.example'),
    sealer,
    clock,
    observer,
    store,
  };
  const methods: MethodPort[] = [];
  const payments = createPayments({ store, clock, changes: createChangeNotifier(), methods, merchant: () => merchant, observer });
  // No payment here has a discount to redeem.
  const parts = { ...cardParts, payments, redeemDiscount: async () => ({ kind: 'clear' as const }) };
  methods.push(createCards(parts).port, ...more);
  const reconciler = createReconciler({ store, payments, methods, clock, observer });

  const paymentOf = async (id: string) => {
    const payment = await store.payment(id);
    if (!payment) throw new Error('no such payment');
    return payment;
  };
  const control = async (path: string, body: object): Promise<unknown> => {
    const response = await fetch(`${simulator.origin}/_/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };

  let orders = 0;
  return {
    /** Deadline of a call to Payme. */
    deadlineMs: parsed.timeoutsMs.pay,
    clock,
    simulator,
    store,
    payments,
    databaseUrl,
    sealingKey,
    parts,
    reconciler,
    sealer,
    /** Reported failures; a test that expects none asserts that it is empty. */
    failures,
    /** Posts to a control route of the simulator: `settings`, `faults`, `receipts/<id>/state`. */
    control,
    /** Creates a payment, by default of 5,000.00 UZS. */
    async pay(wanted: Partial<CreatePayment> = {}): Promise<string> {
      orders += 1;
      return payments.create(merchant, {
        amount: 500_000,
        currency: 'UZS',
        orderId: `order-${orders}`,
        label: 'customer',
        phone: '998901304527',
        ...wanted,
      });
    },
    /** Like the browser's POSTs, without their limit of 8 seconds. */
    async card(id: string, own: Partial<SubmitCard> = {}, ip = '203.0.113.7'): Promise<PaymentView> {
      await submitCard(parts, await paymentOf(id), { ...goodCard, ...own }, ip);
      return payments.view(id);
    },
    async code(id: string, code = smsCode): Promise<PaymentView> {
      await submitCardCode(parts, await paymentOf(id), code);
      return payments.view(id);
    },
    async resend(id: string): Promise<PaymentView> {
      await resendSmsCode(parts, await paymentOf(id));
      return payments.view(id);
    },
    async saved(id: string, cardId: string): Promise<PaymentView> {
      await submitSavedCard(parts, await paymentOf(id), { cardId });
      return payments.view(id);
    },
    async token(id: string, token: string, save = false): Promise<PaymentView> {
      await submitCardToken(parts, await paymentOf(id), { token, save }, '203.0.113.7');
      return payments.view(id);
    },
    /** Moves the clock until the reconciler has nothing left to check; at most a day. */
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
    async outbox(paymentId: string): Promise<string[]> {
      const { db } = openDatabase(databaseUrl);
      const rows = await db.selectFrom('outbox').select('type').where('payment_id', '=', paymentId).orderBy('sequence').execute();
      await db.destroy();
      return rows.map(({ type }) => type);
    },
    /** The debits that were not refunded. */
    debits: () => simulator.ledger().payments.filter(({ refundedAt }) => refundedAt === null),
    /** The calls of one method. */
    calls: (method: string) => simulator.ledger().calls.filter((call) => call.method === method),
    async close(): Promise<void> {
      await store.close();
      await client.close();
      if (!beside) await simulator.close();
    },
  };
}

export type CardTestBed = Awaited<ReturnType<typeof createCardTestBed>>;
