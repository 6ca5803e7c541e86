/**
 * Proves that a receipt can never be paid any more: it is cancelled, and read once more. Until then a call to pay it may be on its way, and
 * "try again" could charge twice.
 */
import type { Outcome } from '../../payments/model/outcome.ts';
import type { Refusal } from '../../payments/model/records.ts';
import { askPayme } from './call-payme.ts';
import type { CardAccount } from './card-parts.ts';
import { judgeReceipt } from './judge-receipt.ts';
import type { Reading } from './read-receipt.ts';

export interface Fencing extends Reading {
  account: CardAccount;
  commit(operation: string, notes: Record<string, string>): Promise<unknown>;
}

/** @param refusal What the customer is told where it is proven that nothing was taken. */
export async function fence({ parts, account, commit }: Fencing, id: string, refusal: Refusal): Promise<Outcome> {
  const { observer } = parts;
  const { client, upstream } = account;
  await commit('receipts.cancel', { receipt: id });
  const canceled = await askPayme(observer, 'receipts.cancel', () => client.receiptsCancel({ id }));
  if (canceled.kind === 'fault') return { kind: 'unknown' };
  const read = await askPayme(observer, 'receipts.get', () => client.receiptsGet({ id }));
  if (read.kind !== 'ok') return { kind: 'unknown' };
  const judged = judgeReceipt(read.result, upstream, refusal.code);
  if (judged === 'unpaid') {
    return canceled.kind === 'refused' ? { kind: 'review', why: 'a receipt that Payme does not cancel' } : { kind: 'unknown' };
  }
  if (judged.kind === 'refused' && judged.refusal.code === refusal.code) return { kind: 'refused', refusal };
  return judged;
}
