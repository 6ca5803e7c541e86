/**
 * What became of an attempt whose answer was lost. Without a call to pay nothing can have been charged. With one the receipt is read:
 * paid is paid; a receipt that stays at 0 is fenced off, but only after three readings of 0 and a minute more, since a debit may be late.
 */
import type { ProblemCode } from '#contract';
import type { Outcome } from '../../payments/model/outcome.ts';
import type { Unsettled } from '../../payments/model/ports.ts';
import type { IntentRecord } from '../../payments/model/records.ts';
import { tellMissing } from '../missing-merchant.ts';
import type { CardAccount, CardParts } from './card-parts.ts';
import { paymeIntent } from './card-session.ts';
import { type Fencing, fence } from './fence.ts';
import { judgeReceipt, judgeState } from './judge-receipt.ts';
import { lookAtReceipt } from './look-at-receipt.ts';

const readingsOfZero = 3;
/** After the third: so that a debit which lands within it is always seen before the receipt is cancelled. */
const restMs = 60_000;
const mostCancels = 5;

export async function settle(parts: CardParts, account: CardAccount | null, unsettled: Unsettled): Promise<Outcome> {
  const { attempt, intents } = unsettled;
  const pay = intents.filter(({ operation }) => operation === 'receipts.pay').at(-1);
  if (!pay) return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
  const { receipt } = pay.notes;
  if (receipt === undefined) return { kind: 'review', why: 'a card payment without its receipt' };
  if (!account) {
    tellMissing(parts.observer, unsettled.payment.merchantId, 'the cashbox');
    return { kind: 'unknown' };
  }
  const cancels = intents.filter(({ operation }) => operation === 'receipts.cancel').length;
  const fencing: Fencing = {
    parts,
    account,
    commit: (operation, notes) => unsettled.commitIntent(paymeIntent(attempt.id, operation, notes)),
  };
  const refusal = { code: (pay.notes.declined as ProblemCode | undefined) ?? ('provider_unavailable' as const) };
  const look = await lookAtReceipt(fencing, receipt);
  if (!look) return { kind: 'unknown' };
  const judged = look.over ? judgeReceipt(look.receipt, account.upstream, refusal.code) : judgeState(look.state);
  if (judged !== 'unpaid') return judged;
  if (cancels >= mostCancels) return { kind: 'review', why: 'a receipt that stays unpaid and is not cancelled' };
  // A card that was declined, or a cancel that was sent before: nothing is waited for.
  if (pay.notes.declined === undefined && cancels === 0 && !(await isStill(parts, pay))) return { kind: 'unknown' };
  return fence(fencing, receipt, refusal);
}

/** Counts one more reading of 0; true when there were enough, long enough ago. */
async function isStill({ store, clock }: CardParts, pay: IntentRecord): Promise<boolean> {
  const { zeros = '0', stillSince } = pay.notes;
  const now = clock.now();
  if (stillSince !== undefined) return now - Number(stillSince) > restMs;
  const count = Number(zeros) + 1;
  const notes = { ...pay.notes, zeros: String(count), ...(count >= readingsOfZero && { stillSince: String(now) }) };
  await store.updateIntent({ ...pay, notes });
  return false;
}
