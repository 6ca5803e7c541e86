/**
 * Reads receipts at Payme. Only `receipts.get` proves success: `receipts.check` returns no more than a state. Nothing here
 * spends.
 */
import type { Receipt } from '../../clients/payme/types.ts';
import type { Outcome } from '../../payments/model/outcome.ts';
import type { Telemetry } from '../../payments/model/ports.ts';
import type { AttemptRecord } from '../../payments/model/records.ts';
import { dayMs } from '../../payments/model/time.ts';
import type { CardAccount, CardDeps } from './account.ts';
import { callPayme } from './call-payme.ts';
import { belongsToAttempt, interpretReceipt } from './receipt.ts';

export interface ReceiptReader {
  deps: { observer: Telemetry };
  account: Pick<CardAccount, 'client' | 'upstream'>;
}

/**
 * The outcome of an attempt, read from its receipt.
 * @param whenUnpaid What to do if the receipt is at state 0; null if state 0 proves nothing yet.
 */
export async function fetchReceipt(
  { deps, account }: ReceiptReader,
  id: string,
  whenUnpaid: (() => Promise<Outcome>) | null,
): Promise<Outcome> {
  const answer = await callPayme(deps.observer, 'receipts.get', () => account.client.receiptsGet({ id }));
  if (answer.kind !== 'ok') return { kind: 'unknown' };
  const outcome = interpretReceipt(answer.result, account.upstream);
  if (outcome !== 'unpaid') return outcome;
  return whenUnpaid ? whenUnpaid() : { kind: 'unknown' };
}

/** `over`: the receipt is in an end state, so the whole of it was read. Otherwise its state is enough. */
type ReceiptPoll = { over: false; state: number } | { over: true; receipt: Receipt };

/** Paid, frozen, cancelled. */
const endStates: ReadonlySet<number> = new Set([4, 5, 50]);

/**
 * The state of a receipt; null if Payme could not be reached. It calls the cheap `receipts.check` first, and `receipts.get` only
 * for a state that decides something: `receipts.check` does not even return which receipt it speaks of.
 */
export async function pollReceipt({ deps, account }: ReceiptReader, id: string): Promise<ReceiptPoll | null> {
  const checked = await callPayme(deps.observer, 'receipts.check', () => account.client.receiptsCheck({ id }));
  if (checked.kind !== 'ok') return null;
  const { state } = checked.result;
  if (!endStates.has(state)) return { over: false, state };
  const read = await callPayme(deps.observer, 'receipts.get', () => account.client.receiptsGet({ id }));
  if (read.kind !== 'ok') return null;
  return endStates.has(read.result.state) ? { over: true, receipt: read.result } : { over: false, state: read.result.state };
}

const pageSize = 50;
/** A cashbox with more receipts than this since the call needs a person's eyes anyway. */
const mostPages = 10;

/**
 * All receipts of an attempt whose `receipts.create` got no answer; null if Payme could not be reached. We do not know whether
 * Payme includes the ends of a range, so the range is one day longer at either end. Payme lists the newest first.
 * @param since When the intent of the call was recorded, in milliseconds since 1970.
 */
export async function findReceipts(
  { observer, clock }: Pick<CardDeps, 'observer' | 'clock'>,
  { client }: CardAccount,
  attempt: Pick<AttemptRecord, 'id'>,
  since: number,
): Promise<Receipt[] | null> {
  const range = { from: since - dayMs, to: clock.now() + dayMs, count: pageSize };
  const found: Receipt[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const query = { ...range, offset: page * pageSize };
    const answer = await callPayme(observer, 'receipts.get_all', () => client.receiptsGetAll(query));
    if (answer.kind !== 'ok') return null;
    const { receipts, unreadable } = answer.result;
    found.push(...receipts.filter((receipt) => belongsToAttempt(receipt, attempt)));
    if (found.length > 0 || receipts.length + unreadable < pageSize) break;
  }
  return found;
}
