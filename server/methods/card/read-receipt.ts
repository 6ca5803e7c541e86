/** Reads what became of a receipt that was to be paid. Success is what `receipts.get` says, and nothing else. */

import type { Receipt } from '../../clients/payme/types.ts';
import type { Outcome } from '../../payments/model/outcome.ts';
import type { Observer } from '../../payments/model/ports.ts';
import type { AttemptRecord } from '../../payments/model/records.ts';
import type { CardAccount, CardParts } from './account.ts';
import { askPayme } from './call-payme.ts';
import { isOf, judgeReceipt } from './receipt.ts';

export interface Reading {
  parts: { observer: Observer };
  account: Pick<CardAccount, 'client' | 'upstream'>;
}

/** @param unpaid What to do where it stands at 0; null: nothing is proven by that yet. */
export async function readReceipt(
  { parts, account }: Reading,
  id: string,
  unpaid: (() => Promise<Outcome>) | null,
): Promise<Outcome> {
  const answer = await askPayme(parts.observer, 'receipts.get', () => account.client.receiptsGet({ id }));
  if (answer.kind !== 'ok') return { kind: 'unknown' };
  const judged = judgeReceipt(answer.result, account.upstream);
  if (judged !== 'unpaid') return judged;
  return unpaid ? unpaid() : { kind: 'unknown' };
}

/**
 * Asks where a receipt stands, cheaply, as long as nothing follows from it: `receipts.check` tells the state alone, and not of which receipt.
 * What ends an attempt is read whole.
 */
/** Of a receipt that is still on its way the state is all; null where Payme cannot be asked. */
export type Look = { over: false; state: number } | { over: true; receipt: Receipt };

/** Paid, held, cancelled. */
const decided: ReadonlySet<number> = new Set([4, 5, 50]);

export async function lookAtReceipt({ parts, account }: Reading, id: string): Promise<Look | null> {
  const checked = await askPayme(parts.observer, 'receipts.check', () => account.client.receiptsCheck({ id }));
  if (checked.kind !== 'ok') return null;
  const { state } = checked.result;
  if (!decided.has(state)) return { over: false, state };
  const read = await askPayme(parts.observer, 'receipts.get', () => account.client.receiptsGet({ id }));
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
  { observer, clock }: Pick<CardParts, 'observer' | 'clock'>,
  { client }: CardAccount,
  attempt: Pick<AttemptRecord, 'id'>,
  since: number,
): Promise<Receipt[] | null> {
  const range = { from: since - dayMs, to: clock.now() + dayMs, count: page };
  const found: Receipt[] = [];
  for (let nth = 0; nth < mostPages; nth += 1) {
    const asked = { ...range, offset: nth * page };
    const answer = await askPayme(observer, 'receipts.get_all', () => client.receiptsGetAll(asked));
    if (answer.kind !== 'ok') return null;
    const { receipts, unreadable } = answer.result;
    found.push(...receipts.filter((receipt) => isOf(receipt, attempt)));
    if (found.length > 0 || receipts.length + unreadable < page) break;
  }
  return found;
}
