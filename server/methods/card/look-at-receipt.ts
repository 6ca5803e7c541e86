/**
 * Asks where a receipt stands, cheaply, as long as nothing follows from it: `receipts.check` tells the state alone, and not of which receipt.
 * What ends an attempt is read whole.
 */
import type { Receipt } from '../../clients/payme/answers.ts';
import { askPayme } from './call-payme.ts';
import type { Reading } from './read-receipt.ts';

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
