/** The state of the whole at a glance: what waits and for how long, what was paid, whether the database answers. */
import type { OperatorStatus } from '#contract/operate';
import { StoreUnavailable } from '../payments/model/errors.ts';
import type { MerchantIds, OldestWaiting, OperatorReads, PaidSum } from '../payments/model/operator-reads.ts';
import type { Store } from '../payments/model/store.ts';
import { dayMs, isoTime } from '../payments/model/time.ts';

export interface StatusDeps {
  reads: OperatorReads;
  store: Pick<Store, 'ready' | 'restoreHold'>;
  about: {
    version: string;
    engine: OperatorStatus['engine'];
    pendingAnswers(): number;
    /** By how much this machine's clock is ahead of the clock of the payments, in milliseconds. */
    skewMs(): number;
    /** Since when the merchants file is refused, milliseconds since 1970; null if it is in force. */
    fileRefusedSince(): number | null;
  };
}

const mostCounted = 1_000;
const nothing: OldestWaiting = { needsReview: null, outcomeUnknown: null, webhook: null, postback: null };

export async function readStatus(
  { reads, store, about }: StatusDeps,
  { merchants, postbacksOf }: { merchants: MerchantIds; postbacksOf: MerchantIds },
  now: number,
): Promise<OperatorStatus> {
  // All of them, also those that are too new for the queue: after an upstream's failure their number is what an operator watches.
  const unknownBefore = now;
  const [database, hold, counts, oldest, paid] = await Promise.all([
    orElse(
      store.ready().then(() => 'ok' as const),
      'unavailable' as const,
    ),
    orElse(store.restoreHold(), null),
    orElse(reads.countWaiting({ merchants, postbacksOf, unknownBefore, most: mostCounted }), {}),
    orElse(reads.oldestWaiting(merchants, unknownBefore, postbacksOf), nothing),
    orElse(reads.paidSince(now - dayMs, merchants), [] as PaidSum[]),
  ]);
  const age = (since: number | null): number | null => (since === null ? null : Math.max(0, Math.round((now - since) / 1000)));
  return {
    version: about.version,
    engine: about.engine,
    now: isoTime(now),
    database,
    heldSince: hold && isoTime(hold.heldSince),
    merchantsFileRefusedSince: optionalTime(about.fileRefusedSince()),
    counts,
    oldest: {
      needsReview: age(oldest.needsReview),
      outcomeUnknown: age(oldest.outcomeUnknown),
      webhook: age(oldest.webhook),
      postback: age(oldest.postback),
    },
    paid,
    pendingAnswers: about.pendingAnswers(),
    clockSkewSeconds: about.skewMs() / 1000,
  };
}

const optionalTime = (at: number | null): string | null => (at === null ? null : isoTime(at));

/** While the database is away, the status says so and is not an error itself. */
async function orElse<T>(work: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof StoreUnavailable) return otherwise;
    throw cause;
  }
}
