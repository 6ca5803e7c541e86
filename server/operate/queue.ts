/** What waits for a person, each with one sentence that says why. */
import { paymentReference } from '#contract';
import type { QueueItem, QueueKind, QueuePage } from '#contract/operate';
import type { Cursor, MerchantIds, OperatorReads, WaitingItem } from '../payments/model/operator-reads.ts';
import type { AuditRecord } from '../payments/model/operator-records.ts';
import { isoTime, minuteMs } from '../payments/model/time.ts';
import { writeCursor } from './cursor.ts';
import { actorText, amountText, durationText, sentence } from './words.ts';

/** The reconciler settles nearly every lost answer sooner than that. */
const unknownForMs = 15 * minuteMs;
const mostCounted = 1_000;

export interface QueueFilter {
  merchants: MerchantIds;
  postbacksOf: MerchantIds;
  kind?: QueueKind | undefined;
  after?: Cursor | undefined;
  limit: number;
}

export async function readQueue(reads: OperatorReads, { limit, ...filter }: QueueFilter, now: number): Promise<QueuePage> {
  const unknownBefore = now - unknownForMs;
  const found = await reads.waiting({ ...filter, limit: limit + 1, unknownBefore });
  const waiting = found.slice(0, limit);
  const inReview = waiting.flatMap(({ kind, paymentId }) => (kind === 'needs_review' && paymentId ? [paymentId] : []));
  const reasons = whyInReview(await reads.auditOf(inReview));
  const last = waiting.at(-1);
  return {
    items: waiting.map((item) => queueItem(item, reasons, now)),
    next: found.length > limit && last ? writeCursor({ at: last.since, id: last.id }) : null,
    counts: await reads.countWaiting({
      merchants: filter.merchants,
      postbacksOf: filter.postbacksOf,
      unknownBefore,
      most: mostCounted,
    }),
  };
}

/** The newest `why` in the history of each payment. The events come oldest first. */
const whyInReview = (events: readonly AuditRecord[]): ReadonlyMap<string, string> =>
  new Map(events.flatMap(({ paymentId, data: { why } }) => (typeof why === 'string' ? [[paymentId, why] as const] : [])));

function queueItem(item: WaitingItem, reasons: ReadonlyMap<string, string>, now: number): QueueItem {
  const { detail: _, since, paymentId, ...rest } = item;
  return {
    ...rest,
    paymentId,
    reference: paymentId === null ? null : paymentReference(paymentId),
    reason: reasonOf(item, paymentId === null ? undefined : reasons.get(paymentId), now),
    since: isoTime(since),
  };
}

function reasonOf({ kind, detail, amount, currency, since }: WaitingItem, why: string | undefined, now: number): string {
  const money = amount !== null && currency !== null ? amountText(amount, currency) : 'money';
  switch (kind) {
    case 'needs_review':
      return why
        ? `Only a person can tell what became of the money: ${why}.`
        : 'Only a person can tell what became of the money.';
    case 'underpaid':
      return `Less than was due has come: ${money} of ${amountText(Number(detail), currency ?? '')}.`;
    case 'uncounted_money':
      return `Money is known that is in no sum, beside a payment that is ${status(detail)}: ${money}.`;
    case 'outcome_unknown':
      return `For ${durationText(now - since)} nobody knows ${unknownOf[detail ?? ''] ?? 'what became of a call'}.`;
    case 'unmatched_postback':
      if (detail === 'whole') return 'A signed postback could not be read, or names no payment of ours.';
      return `Paykassma reports ${money}${detail ? ` by ${detail}` : ''} that belongs to no payment of ours.`;
    case 'parked_webhook':
      return `The shop did not accept the webhook ${detail}, and it is not tried any more.`;
    case 'codes_unknown':
      return `It is not known whether ${detail} were made, because the answer was lost.`;
    case 'approval': {
      const [act = '', ...by] = (detail ?? '').split(' ');
      return `To ${act} ${money} was requested by ${actorText(by.join(' '))}, and a second person has to confirm it.`;
    }
    default:
      return sentence(detail ?? 'a person has to look at this');
  }
}

const status = (text: string | null): string => (text ?? '').replaceAll('_', ' ');

const unknownOf: Readonly<Record<string, string>> = {
  pay_code: 'whether a pay code was used',
  wallet: 'whether a transfer has come',
  card: 'whether a card was charged',
  refund: 'whether the money has been returned',
  discount: 'whether a discount code was redeemed',
};
