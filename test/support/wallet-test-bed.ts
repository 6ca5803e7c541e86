/**
 * The server without HTTP (`method-test-bed.ts`) with wallets, a Paykassma simulator, and an address to which the simulator really
 * sends its postbacks.
 */
import { randomBytes } from 'node:crypto';
import fastify from 'fastify';
import { createPaykassmaSimulator, type PaykassmaSimulator } from '../../demo/simulators/paykassma/simulator.ts';
import { upstreamFault } from '../../server/clients/http.ts';
import { createPaykassmaClient } from '../../server/clients/paykassma/client.ts';
import { minorUnitDigits, type PaymentView, type Transfer } from '../../server/contract/index.ts';
import { WalletSettings } from '../../server/methods/wallet/account.ts';
import { createAvailability } from '../../server/methods/wallet/availability.ts';
import { chooseWallet } from '../../server/methods/wallet/choose-wallet.ts';
import { createWallets } from '../../server/methods/wallet/method.ts';
import { submitTransfer } from '../../server/methods/wallet/submit-transfer.ts';
import type { MethodPort } from '../../server/payments/model/ports.ts';
import { createSealer } from '../../server/payments/sealer.ts';
import { errors } from '../../server/plugins/problems.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { scaledTimeout } from './load-factor.ts';
import { merchant, openMethodTestBed } from './method-test-bed.ts';

export interface WalletTestBedOptions {
  databaseUrl?: string;
  settings?: Partial<WalletSettings>;
  /** Deadline of one call that spends. */
  activateMs?: number;
  /** More payment methods beside wallets. */
  methods?: readonly MethodPort[];
  /** Another test bed of the same server, after a restore: it gets the same clock and Paykassma. */
  beside?: { clock: FakeClock; simulator: PaykassmaSimulator };
}

/** For tests in which one address and one customer stand for many. */
export const manyNumbers = { wrongPerCustomer: 10_000, wrongPerAddress: 10_000, wrongInARow: 10_000 };

export async function createWalletTestBed({
  databaseUrl = 'sqlite::memory:',
  settings,
  activateMs = 2_000,
  methods: more = [],
  beside,
}: WalletTestBedOptions = {}) {
  const clock = beside?.clock ?? createFakeClock();
  const postbacks = { laterMs: 0, retryMs: 20 };
  const simulator =
    beside?.simulator ?? (await createPaykassmaSimulator({ now: clock.now, slowMs: scaledTimeout(10_000), postbacks }));
  const parsed = WalletSettings.parse({
    url: simulator.url,
    ...simulator.keys,
    wallets: ['wavepay', 'kbzpay_manual', 'nagad'],
    timeoutsMs: { activate: scaledTimeout(activateMs), possibleTransaction: scaledTimeout(activateMs) },
    // High limits, because there is one address and one customer here; a test of limits sets its own.
    limits: manyNumbers,
    ...settings,
  });
  const client = createPaykassmaClient({ ...parsed, url: new URL(parsed.url), minorUnitDigits });
  const account = { id: 'paykassma:simulator', upstream: 'paykassma:host', client, settings: parsed };
  const order = { amount: 600_000, currency: 'MMK', orderId: beside ? 'second' : 'order' };
  const { base, wired } = await openMethodTestBed({ databaseUrl, clock, simulatorOrigin: simulator.url, order }, (core) => {
    const parts = {
      ...core,
      account: (id: string) => (id === merchant.id ? account : null),
      availability: createAvailability(core),
      sealer: createSealer(randomBytes(32)),
      redeemDiscount: async () => ({ kind: 'clear' as const }),
    };
    const wallets = createWallets(parts);
    return { parts, wallets, ports: [wallets.port, ...more] };
  });
  const { parts, wallets } = wired;
  const { store, payments, paymentOf, control } = base;

  const postbackServer = fastify();
  postbackServer.register(errors, { upstreamFault });
  postbackServer.register(wallets.openRoutes);
  const address = await postbackServer.listen({ port: 0, host: '127.0.0.1' });

  const postbackUrl = `${address}/postbacks/paykassma/${merchant.id}`;
  await control('postbacks', { url: postbackUrl });

  /** Ends the server, and leaves Paykassma as it is. */
  const stop = async (): Promise<void> => {
    await postbackServer.close();
    await store.close();
    await client.close();
  };

  return {
    /** `pay` creates a payment of 6,000.00 MMK; `control` posts to `postbacks`, `faults`, `wallets`, `transactions/match`. */
    ...base,
    simulator,
    parts,
    postbackUrl,
    /** Chooses a wallet. @returns Its requisites. */
    async choose(id: string, walletType = 'wavepay', acknowledge = false): Promise<Transfer> {
      await chooseWallet(parts, await paymentOf(id), { walletType, acknowledge });
      const { nextAction } = await payments.view(id);
      if (nextAction.kind !== 'transfer') throw new Error(`expected a transfer, not ${nextAction.kind}`);
      return nextAction;
    },
    /** The customer transfers in the wallet's app, an amount in major units. @returns The transaction number. */
    async transfer(amount = 6_000, wallet = 'wavepay', currency = 'MMK'): Promise<string> {
      const account = simulator.ledger().wallets.find((one) => one.wallet === wallet);
      const made = await control('transfers', { wallet, identifier: account?.identifier, amount, currency });
      return (made as { transaction_number: string }).transaction_number;
    },
    /** Like the browser's POST, without its limit of 8 seconds. */
    async submit(
      id: string,
      transactionNumber: string,
      screenshot?: Parameters<typeof submitTransfer>[2]['screenshot'],
      ip = '203.0.113.7',
    ): Promise<PaymentView> {
      await submitTransfer(parts, await paymentOf(id), { transactionNumber, ...(screenshot && { screenshot }) }, ip);
      return payments.view(id);
    },
    /** Follows the payment until its view meets the condition; the clock does not move meanwhile. */
    async until(id: string, fits: (view: PaymentView) => boolean): Promise<PaymentView> {
      for (let version = 0; ; ) {
        const view = await payments.follow(id, version, 5_000);
        if (fits(view)) return view;
        if (view.version === version) throw new Error(`it stays ${view.status}, ${view.nextAction.kind}`);
        version = view.version;
      }
    },
    stop,
    async close(): Promise<void> {
      await stop();
      if (!beside) await simulator.close();
    },
  };
}

export type WalletTestBed = Awaited<ReturnType<typeof createWalletTestBed>>;
