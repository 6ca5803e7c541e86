/** The server without HTTP (`method-test-bed.ts`) with pay codes and a PayCodes simulator. */
import { randomBytes } from 'node:crypto';
import type { Bulk } from '../../demo/simulators/paycodes/code-book.ts';
import { createPayCodesSimulator, type PayCodesSimulator } from '../../demo/simulators/paycodes/simulator.ts';
import { createPayCodesClient } from '../../server/clients/paycodes/client.ts';
import type { PaymentView } from '../../server/contract/index.ts';
import { type PayCodePaymentDeps, PayCodeSettings } from '../../server/methods/pay-code/account.ts';
import { createPayCodes } from '../../server/methods/pay-code/method.ts';
import { showCode } from '../../server/methods/pay-code/show-code.ts';
import { startSmsCode } from '../../server/methods/pay-code/sms-code.ts';
import { submitPayCode } from '../../server/methods/pay-code/submit-code.ts';
import type { MethodPort } from '../../server/payments/model/ports.ts';
import { createSealer } from '../../server/payments/sealer.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { scaledTimeout } from './load-factor.ts';
import { openMethodTestBed } from './method-test-bed.ts';

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

export async function createPayCodeTestBed(options: PayCodeTestBedOptions = {}) {
  const { databaseUrl = 'sqlite::memory:', settings, timeoutMs = 5_000, bulk, methods: more = [], beside } = options;
  const clock = beside?.clock ?? createFakeClock();
  const simulator =
    beside?.simulator ??
    (await createPayCodesSimulator({ now: clock.now, slowMs: scaledTimeout(10_000), ...(bulk && { bulk }) }));
  const parsed = PayCodeSettings.parse({
    url: simulator.url,
    auth: { type: 'bearer', key: simulator.key },
    // High limits, because there is one address and one customer here; a test of limits sets its own.
    limits: { wrongPerAddress: 10_000, wrongPerCustomer: 10_000, shownPerAddress: 10_000, wrongPerMerchant: 10_000, floorMs: 0 },
    rules: ['demo-enter', 'demo-low', 'demo-high'].map((slug) => ({ slug, kind: 'enter', currency: 'PLN', priceScale: 2 })),
    ...settings,
  });
  const client = createPayCodesClient({ ...parsed, timeoutMs: scaledTimeout(timeoutMs), url: new URL(parsed.url) });
  const sealingKey = beside?.sealingKey ?? randomBytes(32);
  const sealer = createSealer(sealingKey);
  const order = { amount: 2500, currency: 'PLN', orderId: beside ? 'second' : 'order' };
  const { base, wired } = await openMethodTestBed({ databaseUrl, clock, simulatorOrigin: simulator.url, order }, (core) => {
    const parts: PayCodePaymentDeps = { ...core, account: () => ({ client, settings: parsed }), sealer };
    return { parts, ports: [createPayCodes(parts).port, ...more] };
  });
  const { parts } = wired;
  const { store, payments, paymentOf, control } = base;

  return {
    /** `pay` creates a payment of 25.00 PLN, the price of `demo-enter`; `control` posts to `faults`, `sms`, `settings`, `reset`. */
    ...base,
    sealingKey,
    simulator,
    parts,
    sealer,
    /** Like the browser's POST, without the limit of 8 seconds. */
    async submit(paymentId: string, code: string, from: { ip?: string; acceptExcess?: boolean } = {}): Promise<PaymentView> {
      await submitPayCode(parts, await paymentOf(paymentId), code, { ip: '203.0.113.7', ...from });
      return payments.view(paymentId);
    },
    async startSms(paymentId: string): Promise<PaymentView> {
      await startSmsCode(parts, await paymentOf(paymentId), false);
      return payments.view(paymentId);
    },
    async startReversed(paymentId: string, ip = '203.0.113.7'): Promise<PaymentView> {
      await showCode(parts, await paymentOf(paymentId), { ip, acknowledge: false });
      return payments.view(paymentId);
    },
    /** Sends an SMS from the customer's phone. @returns The reply; null while the SMS has not arrived. */
    async sms(text: string, order: { to?: string; delayMs?: number; duplicate?: boolean } = {}): Promise<string | null> {
      const { mt } = (await control('sms', { from: '48500100200', to: '7255', text, ...order })) as { mt: string | null };
      return mt;
    },
    /** The calls of one method. */
    calls: (method: string) => simulator.ledger().calls.filter((call) => call.method === method),
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
