/** Looks for the receipts of an attempt whose `receipts.create` got no answer. Reads only. */
import type { Receipt } from '../../clients/payme/answers.ts';
import type { AttemptRecord } from '../../payments/model/records.ts';
import { askPayme } from './call-payme.ts';
import type { CardAccount, CardParts } from './card-parts.ts';
import { isOf } from './receipt.ts';

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
