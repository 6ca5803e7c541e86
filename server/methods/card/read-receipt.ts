/** Reads what became of a receipt that was to be paid. Success is what `receipts.get` says, and nothing else. */

import type { Receipt } from '../../clients/payme/types.ts';
import type { Outcome } from '../../payments/model/outcome.ts';
import type { Telemetry } from '../../payments/model/ports.ts';
import type { AttemptRecord } from '../../payments/model/records.ts';
import type { CardAccount, CardDeps } from './account.ts';
import { callPayme } from './call-payme.ts';
import { belongsToPayment, interpretReceipt } from './receipt.ts';

export interface ReceiptReader {
  parts: { observer: Telemetry };
  account: Pick<CardAccount, 'client' | 'upstream'>;
}

/** @param unpaid What to do where it stands at 0; null: nothing is proven by that yet. */
export async function fetchReceipt(
  { parts, account }: ReceiptReader,
  id: string,
  unpaid: (() => Promise<Outcome>) | null,
): Promise<Outcome> {
  const answer = await callPayme(parts.observer, 'receipts.get', () => account.client.receiptsGet({ id }));
  if (answer.kind !== 'ok') return { kind: 'unknown' };
  const judged = interpretReceipt(answer.result, account.upstream);
  if (judged !== 'unpaid') return judged;
  return unpaid ? unpaid() : { kind: 'unknown' };
}

/**
 * Asks where a receipt stands, cheaply, as long as nothing follows from it: `receipts.check` tells the state alone, and not of which receipt.
 * What ends an attempt is read whole.
 */
/** Of a receipt that is still on its way the state is all; null where Payme cannot be asked. */
export type ReceiptPoll = { over: false; state: number } | { over: true; receipt: Receipt };

/** Paid, held, cancelled. */
const decided: ReadonlySet<number> = new Set([4, 5, 50]);

export async function pollReceipt({ parts, account }: ReceiptReader, id: string): Promise<ReceiptPoll | null> {
  const checked = await callPayme(parts.observer, 'receipts.check', () => account.client.receiptsCheck({ id }));
  if (checked.kind !== 'ok') return null;
  const { state } = checked.result;
  if (!decided.has(state)) return { over: false, state };
  const read = await callPayme(parts.observer, 'receipts.get', () => account.client.receiptsGet({ id }));
  if (read.kind !== 'ok') return null;
  return decided.has(read.result.state) ? { over: true, receipt: read.result } : { over: false, state: read.result.state };
}

/** Looks for the receipts of an attempt whose `receipts.create` got no answer. Reads only. */
const dayMs = 24 * 3_600_000;
const page = 50;
/** A cashbox so busy would need a person's eyes anyway. */
const mostPages = 10;

/**
 * All there are; null where Payme cannot be asked. How Payme reads the ends of the range is not established, so it is asked for a day more at
 * either end, newest first.
 * @param since When the call was written down, milliseconds since 1970.
 */
export async function findReceipts(
  { observer, clock }: Pick<CardDeps, 'observer' | 'clock'>,
  { client }: CardAccount,
  attempt: Pick<AttemptRecord, 'id'>,
  since: number,
): Promise<Receipt[] | null> {
  const range = { from: since - dayMs, to: clock.now() + dayMs, count: page };
  const found: Receipt[] = [];
  for (let nth = 0; nth < mostPages; nth += 1) {
    const asked = { ...range, offset: nth * page };
    const answer = await callPayme(observer, 'receipts.get_all', () => client.receiptsGetAll(asked));
    if (answer.kind !== 'ok') return null;
    const { receipts, unreadable } = answer.result;
    found.push(...receipts.filter((receipt) => belongsToPayment(receipt, attempt)));
    if (found.length > 0 || receipts.length + unreadable < page) break;
  }
  return found;
}
