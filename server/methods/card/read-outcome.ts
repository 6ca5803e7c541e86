/** Reads what became of a receipt without changing it: for a person who has to decide, and for an attempt that has ended in doubt. */
import { ProblemError } from '../../payments/model/errors.ts';
import type { PendingAttempt, PollResult } from '../../payments/model/ports.ts';
import type { Reading } from '../../payments/model/reading.ts';
import { dayMs, hourMs } from '../../payments/model/time.ts';
import { type CardAccount, type CardDeps, cardCurrency } from './account.ts';
import { callPayme } from './call-payme.ts';
import { readPaymeIntent } from './card-session.ts';
import { isReceiptOfAnother } from './receipt-owner.ts';

type Pending = Omit<PendingAttempt, 'recordIntent'>;

/** The receipt that was to be paid; undefined if there was none. */
const receiptOf = ({ intents }: Pick<Pending, 'intents'>): string | undefined =>
  intents
    .map(readPaymeIntent)
    .flatMap((intent) => (intent.operation === 'receipts.pay' ? [intent.notes.receipt] : []))
    .at(-1);

/** Null where there is nothing to read: no call to pay was made, or the merchants file no longer has the cashbox. */
export async function readCardOutcome(deps: CardDeps, account: CardAccount | null, pending: Pending): Promise<Reading | null> {
  const id = receiptOf(pending);
  if (!account || id === undefined) return null;
  const answer = await callPayme(deps.observer, 'receipts.get', () => account.client.receiptsGet({ id }));
  if (answer.kind !== 'ok') return { kind: 'unreadable' };
  if (await isReceiptOfAnother(deps, account, answer.result, pending)) return { kind: 'not_ours' };
  const { state, amount, currency, payTime } = answer.result;
  switch (state) {
    case 4:
      // Money in another currency is counted only by a person's word.
      if (currency !== cardCurrency.number) return null;
      return { kind: 'paid', evidence: { upstream: account.upstream, upstreamId: id, amount, currency: cardCurrency.code } };
    case 50:
      return payTime > 0 ? { kind: 'returned' } : { kind: 'not_paid', closed: true };
    case 0:
      return { kind: 'not_paid', closed: false };
    default:
      return { kind: 'in_progress' };
  }
}

const pollEveryMs = hourMs;
/** A receipt that was not paid by then is found by the daily comparison with Payme's list, if ever. */
const pollForMs = 7 * dayMs;

/**
 * Whether Payme has the receipt that a shop names for a lost attempt for another one. False where Payme does not know the receipt, as
 * after a change of the cashbox.
 * @throws {ProblemError} `provider_unavailable`
 */
export async function isNamedForAnother(
  deps: CardDeps,
  account: CardAccount,
  id: string,
  lost: Parameters<typeof isReceiptOfAnother>[3],
): Promise<boolean> {
  const answer = await callPayme(deps.observer, 'receipts.get', () => account.client.receiptsGet({ id }));
  if (answer.kind === 'fault')
    throw new ProblemError('provider_unavailable', {
      detail: 'only Payme knows whose this receipt is, and it could not be read: nothing was entered, try again',
    });
  return answer.kind === 'ok' && isReceiptOfAnother(deps, account, answer.result, lost);
}

/** An attempt was declared not paid while its receipt could still be paid: it is read for a week, and money that comes counts. */
export async function pollReceiptOfEnded(deps: CardDeps, account: CardAccount | null, pending: Pending): Promise<PollResult> {
  const { attempt } = pending;
  const over: PollResult = { kind: 'over', decline: attempt.problem ?? { code: 'provider_unavailable' } };
  if (receiptOf(pending) === undefined) return over;
  const reading = await readCardOutcome(deps, account, pending);
  if (reading?.kind === 'paid') return reading;
  const closed = reading?.kind === 'returned' || reading?.kind === 'not_ours' || (reading?.kind === 'not_paid' && reading.closed);
  const tooOld = deps.clock.now() - (attempt.endedAt ?? attempt.startedAt) > pollForMs;
  return closed || tooOld ? over : { kind: 'again', inMs: pollEveryMs };
}
