/**
 * Which wallets accept transfers now, according to Paykassma. It is asked once per customer and the answer is believed for a
 * minute. No money depends on it, so it lives in memory: as long as nothing is known a wallet is offered, and Paykassma refuses
 * it if it is not available. A call that failed or was refused says nothing about wallets: what was known before stays, and
 * Paykassma is asked again soon.
 */

import { UpstreamError } from '../../clients/http.ts';
import type { PaykassmaClient } from '../../clients/paykassma/client.ts';
import type { Clock, Telemetry } from '../../payments/model/ports.ts';
import { minuteMs } from '../../payments/model/time.ts';

export interface AvailabilityQuery {
  account: { id: string; client: Pick<PaykassmaClient, 'paymentSystemsAvailable'> };
  /** ISO 4217. */
  currency: string;
  /** The merchant's id of the customer. */
  label: string;
}

export interface Availability {
  /** Calls Paykassma if nothing is known or it is outdated. Waits at most two seconds for the answer, and never throws. */
  refresh(query: AvailabilityQuery): Promise<void>;
  /** Wallet types in Paykassma's order; null if nothing is known. */
  known(query: AvailabilityQuery): readonly string[] | null;
  /** The next `refresh` calls Paykassma again. */
  forget(query: AvailabilityQuery): void;
}

interface Entry {
  wallets: readonly string[] | null;
  /** Until when no other call is made, in milliseconds since 1970. */
  validUntil: number;
  /** The call that is running. */
  running: Promise<void> | null;
}

const believedMs = minuteMs;
/** After a call without a list no other request of the customer calls again before this time. */
const retryAfterMs = 10_000;
const patienceMs = 2_000;
const mostEntries = 5_000;

export function createAvailability({ clock, observer }: { clock: Clock; observer: Telemetry }): Availability {
  /** The entry that was used longest ago comes first. */
  const entries = new Map<string, Entry>();
  const keyOf = ({ account, currency, label }: AvailabilityQuery) => `${account.id} ${currency} ${label}`;

  const load = async ({ account, currency, label }: AvailabilityQuery, entry: Entry): Promise<void> => {
    let validMs = retryAfterMs;
    try {
      const answer = await account.client.paymentSystemsAvailable([currency], label);
      observer.upstreamCall('paykassma', 'available', answer.kind);
      if (answer.kind === 'available') {
        const available = answer.wallets.filter((wallet) => wallet.currency === currency);
        entry.wallets = available.toSorted((one, other) => one.order - other.order).map(({ walletType }) => walletType);
        validMs = believedMs;
      }
    } catch (cause) {
      if (cause instanceof UpstreamError) observer.upstreamCall('paykassma', 'available', cause.fault);
      else observer.failure('wallet availability', cause);
    }
    entry.validUntil = clock.now() + validMs;
    entry.running = null;
  };

  return {
    async refresh(query) {
      const key = keyOf(query);
      const entry = entries.get(key) ?? { wallets: null, validUntil: 0, running: null };
      if (!entry.running && entry.validUntil > clock.now()) return;
      entries.delete(key);
      entries.set(key, entry);
      const [oldest] = entries.keys();
      if (entries.size > mostEntries && oldest !== undefined) entries.delete(oldest);
      entry.running ??= load(query, entry);
      await atMost(patienceMs, entry.running);
    },
    known: (query) => entries.get(keyOf(query))?.wallets ?? null,
    forget: (query) => void entries.delete(keyOf(query)),
  };
}

/** Waits for the work, but not longer than this. The work goes on. */
async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}
