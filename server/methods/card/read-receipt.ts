/** Reads what became of a receipt that was to be paid. Success is what `receipts.get` says, and nothing else. */
import type { Outcome } from '../../payments/model/outcome.ts';
import type { Observer } from '../../payments/model/ports.ts';
import { askPayme } from './call-payme.ts';
import type { CardAccount } from './card-parts.ts';
import { judgeReceipt } from './judge-receipt.ts';

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
