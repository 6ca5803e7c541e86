/** The server without HTTP (`method-test-bed.ts`) with cards and a Payme simulator. */
import { randomBytes } from 'node:crypto';
import { createPaymeSimulator, type PaymeSimulator } from '../../demo/simulators/payme/simulator.ts';
import { createPaymeClient } from '../../server/clients/payme/client.ts';
import type { PaymentView, SubmitCard } from '../../server/contract/index.ts';
import { CardSettings } from '../../server/methods/card/account.ts';
import { createCards } from '../../server/methods/card/method.ts';
import { resendSmsCode, submitCardCode } from '../../server/methods/card/sms-confirmation.ts';
import { submitCard, submitCardToken, submitSavedCard } from '../../server/methods/card/start-card.ts';
import type { MethodPort } from '../../server/payments/model/ports.ts';
import { createSealer } from '../../server/payments/sealer.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { scaledTimeout } from './load-factor.ts';
import { merchant, openMethodTestBed } from './method-test-bed.ts';

export interface CardTestBedOptions {
  databaseUrl?: string;
  settings?: { limits?: object; [name: string]: unknown };
  /** Deadline of one call to Payme, shorter where a test loses answers. */
  timeoutMs?: number;
  /** 32 bytes; the same for two test beds that stand for two processes of one server. */
  sealingKey?: Buffer;
  /** Another merchant at the same cashbox. */
  sharer?: string;
  /** More payment methods beside cards. */
  methods?: readonly MethodPort[];
  /** The Payme and the clock of another test bed, of which this one is a second process. */
  beside?: { simulator: PaymeSimulator; clock: FakeClock };
}

/** For tests in which one address or one card stands for many customers. */
export const manyCards = {
  cardsPerAddress: 10_000,
  smsPerPhone: 10_000,
  smsPerMaskedPhone: 10_000,
  smsPerAddress: 10_000,
  smsPerMerchant: 10_000,
  breakerCards: 10_000,
};
export const goodCard = { number: '8600069195406311', expire: '03/99' };
export const smsCode = '666666';

export async function createCardTestBed({
  databaseUrl = 'sqlite::memory:',
  settings,
  timeoutMs = 3_000,
  sealingKey = randomBytes(32),
  sharer,
  methods: more = [],
  beside,
}: CardTestBedOptions = {}) {
  const clock = beside?.clock ?? createFakeClock();
  const simulator: PaymeSimulator = beside?.simulator ?? (await createPaymeSimulator({ now: clock.now, slowMs: 200 }));
  const parsed = CardSettings.parse({
    url: simulator.url,
    cashboxId: simulator.cashbox.id,
    key: simulator.cashbox.key,
    timeoutsMs: { default: scaledTimeout(timeoutMs), pay: scaledTimeout(timeoutMs) },
    // High limits, because there is one good card and one address here; a test of limits sets its own.
    ...settings,
    limits: { ...manyCards, ...settings?.limits },
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
  const order = { amount: 500_000, currency: 'UZS', orderId: 'order', phone: '998901304527' };
  const { base, wired } = await openMethodTestBed({ databaseUrl, clock, simulatorOrigin: simulator.origin, order }, (core) => {
    const parts = {
      ...core,
      account: (id: string) => (id === merchant.id || id === sharer ? account : null),
      merchantIds: () => [merchant.id, ...(sharer === undefined ? [] : [sharer])],
      publicUrl: new URL('https://pay.example'),
      sealer,
      // No payment here has a discount to redeem.
      redeemDiscount: async () => ({ kind: 'clear' as const }),
    };
    return { parts, ports: [createCards(parts).port, ...more] };
  });
  const { parts } = wired;
  const { store, payments, paymentOf } = base;

  return {
    /** `pay` creates a payment of 5,000.00 UZS; `control` posts to `settings`, `faults`, `receipts/<id>/state`. */
    ...base,
    /** Deadline of a call to Payme. */
    deadlineMs: parsed.timeoutsMs.pay,
    simulator,
    databaseUrl,
    sealingKey,
    parts,
    sealer,
    /** Like the browser's POSTs, without their limit of 8 seconds. */
    async card(id: string, own: Partial<SubmitCard> = {}, ip = '203.0.113.7'): Promise<PaymentView> {
      await submitCard(parts, await paymentOf(id), { ...goodCard, ...own }, ip);
      return payments.view(id);
    },
    async code(id: string, code = smsCode): Promise<PaymentView> {
      await submitCardCode(parts, await paymentOf(id), code);
      return payments.view(id);
    },
    async resend(id: string, ip = '203.0.113.7'): Promise<PaymentView> {
      await resendSmsCode(parts, await paymentOf(id), ip);
      return payments.view(id);
    },
    async saved(id: string, cardId: string, ip = '203.0.113.7'): Promise<PaymentView> {
      await submitSavedCard(parts, await paymentOf(id), { cardId }, ip);
      return payments.view(id);
    },
    async token(id: string, token: string, save = false): Promise<PaymentView> {
      await submitCardToken(parts, await paymentOf(id), { token, save }, '203.0.113.7');
      return payments.view(id);
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
