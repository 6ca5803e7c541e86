/**
 * After a restore: reads at the payment services what happened in the time that the backup does not know, stores it, and lets
 * payments go on. It may run beside the servers, and again.
 */
import { cardAccounts } from './accounts.ts';
import type { Config } from './config.ts';
import { createCards } from './methods/card/method.ts';
import { type CardGap, verifyCardGap } from './methods/card/verify-gap.ts';
import { waitForStore } from './open-store.ts';
import { createChangeNotifier } from './payments/change-feed.ts';
import type { MethodPort, Telemetry } from './payments/model/ports.ts';
import { createPayments } from './payments/payments.ts';
import { asKeys, createSealer } from './payments/sealer.ts';
import { createAuditChain } from './storage/audit/chain.ts';
import { releaseHolds } from './storage/copies/hold.ts';
import { openDatabase } from './storage/database.ts';
import { webhookWishes } from './webhook-endpoints.ts';

export interface RestoreReport {
  /** Since when calls were missing, milliseconds since 1970. */
  since: number;
  /** What Payme knew, one for each merchant who sells by card and could be read. */
  cards: CardGap[];
  /** Merchants whose cashbox could not be read to the end. */
  unread: string[];
  /** Merchants who sell by wallet or pay code: these services have no list to read, so their own records have to be compared. */
  compareByHand: string[];
  /** Whether payments may go on. */
  released: boolean;
}

export interface VerifyOptions {
  /** Reads from here on, milliseconds since 1970; by default since the backup that was restored. */
  since?: number;
  /** Lets payments go on although something could not be read, or a receipt waits for Payme or for a person. */
  force?: boolean;
}

/** @returns Null if nothing is held and no `since` was given: then there is nothing to verify. */
export async function verifyRestore(
  config: Config,
  { since: given, force = false }: VerifyOptions = {},
): Promise<RestoreReport | null> {
  const store = await waitForStore(config);
  const clients = cardAccounts(config.merchants);
  try {
    const since = given ?? (await store.restoreHold())?.since;
    if (since === undefined) return null;
    const { clock } = store;
    const changes = createChangeNotifier();
    const merchants = new Map(config.merchants.map((merchant) => [merchant.id, merchant]));
    const wishes = webhookWishes((id) => merchants.get(id));
    const methods: MethodPort[] = [];
    const payments = createPayments({
      store,
      clock,
      changes,
      methods,
      observer: silent,
      ...wishes,
      merchant: (id) => merchants.get(id) ?? { id, name: id, test: false, allowedOrigins: [] },
    });
    const parts = {
      account: clients.account,
      publicUrl: config.publicUrl,
      sealer: createSealer(config.keys),
      clock,
      observer: silent,
      store,
    };
    methods.push(createCards({ ...parts, payments, redeemDiscount: async () => ({ kind: 'clear' }) }).port);
    const unitOfWork = { store, clock, ...wishes, changed: () => undefined, corrected: () => undefined };
    const report: RestoreReport = { since, cards: [], unread: [], compareByHand: [], released: false };
    for (const { id, test, methods: sold } of config.merchants) {
      if (sold.wallet || sold.payCode) report.compareByHand.push(id);
      const account = clients.account(id);
      if (!account) continue;
      const gap = await verifyCardGap(
        { store, clock, observer: silent, payments, unitOfWork },
        account,
        { merchantId: id, test },
        since,
        config.merchants.map((other) => other.id).filter((other) => other !== id && clients.account(other)?.id === account.id),
      );
      if (gap) report.cards.push(gap);
      else report.unread.push(id);
    }
    const complete =
      report.unread.length === 0 &&
      report.cards.every(
        ({ unfinished, blocked, elsewhere, declaredVoid, unreadable }) =>
          unfinished.length + blocked.length + elsewhere.length + declaredVoid.length + unreadable === 0,
      );
    if (complete || force) {
      const { db } = openDatabase(config.databaseUrl);
      await releaseHolds(db, createAuditChain(asKeys(config.keys)), clock.now()).finally(() => db.destroy());
      report.released = true;
    }
    return report;
  } finally {
    await clients.close();
    await store.close();
  }
}

/** What could not be read is in the report. */
const silent: Telemetry = {
  upstreamCall: () => undefined,
  attempt: () => undefined,
  webhook: () => undefined,
  failure: () => undefined,
};
