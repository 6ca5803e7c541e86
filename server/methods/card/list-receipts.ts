/** The receipts of a cashbox, page by page, as Payme lists them: the newest first, at most 50 at a time. */
import type { Receipt } from '../../clients/payme/types.ts';
import type { Telemetry } from '../../payments/model/ports.ts';
import type { CardAccount } from './account.ts';
import { callPayme } from './call-payme.ts';

export interface ReceiptPage {
  receipts: readonly Receipt[];
  unreadable: number;
  /** Where the next page begins; null if this was the last one. */
  next: number | null;
}

/** Fifty receipts with long details may be more than an answer may hold, so a page that cannot be read is requested in small. */
const pageSizes = [50, 10];

/**
 * Pages overlap: a receipt that leaves the range while it is listed, because it is paid and gets a new time, moves all older ones
 * towards the beginning, and one of them would be missed between two pages.
 */
const overlapOf = (count: number): number => count / 10;

/** Null if Payme could not be reached, or answered what cannot be read. */
export async function readReceiptPage(
  observer: Telemetry,
  { client }: Pick<CardAccount, 'client'>,
  range: { from: number; to: number },
  offset: number,
): Promise<ReceiptPage | null> {
  for (const count of pageSizes) {
    const answer = await callPayme(observer, 'receipts.get_all', () => client.receiptsGetAll({ ...range, offset, count }));
    if (answer.kind === 'ok') {
      const { receipts, unreadable } = answer.result;
      const isLast = receipts.length + unreadable < count;
      return { receipts, unreadable, next: isLast ? null : offset + count - overlapOf(count) };
    }
    if (answer.kind !== 'fault' || answer.fault !== 'bad_shape') return null;
  }
  return null;
}
