/**
 * Which wallets take transfers now, as Paykassma says: asked per customer, believed for a while. What is not known is offered,
 * and refused by Paykassma itself where it cannot be had. No money depends on it, so it lives in memory.
 */
import { UpstreamError } from '../../clients/upstream-error.ts';
import type { Clock, Telemetry } from '../../payments/model/ports.ts';
import type { WalletAccount } from './account.ts';

export interface AvailabilityQuery {
  account: WalletAccount;
  currency: string;
  label: string;
}

export interface Availability {
  /** Asks where nothing is known or it is stale; waits for the answer at most two seconds, and never throws. */
  refresh(asked: AvailabilityQuery): Promise<void>;
  /** Wallet types; null where it is not known. */
  known(asked: AvailabilityQuery): readonly string[] | null;
  /** Ask again at the next occasion. */
  forget(asked: AvailabilityQuery): void;
}

interface Entry {
  wallets: readonly string[] | null;
  at: number;
  asking: Promise<void> | null;
}

const believedMs = 60_000;
/** A service that did not answer is not asked again by every reader. */
const restMs = 10_000;
const patienceMs = 2_000;
const mostEntries = 5_000;

export function createAvailability({ clock, observer }: { clock: Clock; observer: Telemetry }): Availability {
  const entries = new Map<string, Entry>();
  const keyOf = ({ account, currency, label }: AvailabilityQuery) => `${account.id} ${currency} ${label}`;

  const ask = async (asked: AvailabilityQuery, entry: Entry): Promise<void> => {
    const { account, currency, label } = asked;
    try {
      const answer = await account.client.paymentSystemsAvailable([currency], label);
      observer.upstreamCall('paykassma', 'available', answer.kind);
      const here = answer.kind === 'available' ? answer.wallets.filter((wallet) => wallet.currency === currency) : [];
      entry.wallets = here.toSorted((one, other) => one.order - other.order).map(({ walletType }) => walletType);
    } catch (cause) {
      if (cause instanceof UpstreamError) observer.upstreamCall('paykassma', 'available', cause.fault);
      else observer.failure('wallet availability', cause);
    }
    entry.at = clock.now();
    entry.asking = null;
  };

  return {
    async refresh(asked) {
      const key = keyOf(asked);
      const entry = entries.get(key) ?? { wallets: null, at: 0, asking: null };
      const fresh = entry.wallets === null ? restMs : believedMs;
      if (!entry.asking && entry.at + fresh > clock.now()) return;
      entries.delete(key);
      entries.set(key, entry);
      const [oldest] = entries.keys();
      if (entries.size > mostEntries && oldest !== undefined) entries.delete(oldest);
      entry.asking ??= ask(asked, entry);
      await within(entry.asking, patienceMs);
    },
    known: (asked) => entries.get(keyOf(asked))?.wallets ?? null,
    forget: (asked) => void entries.delete(keyOf(asked)),
  };
}

async function within(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
