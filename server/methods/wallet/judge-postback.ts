/** What a signed word about one of our transfers says of the attempt. Only what the signature covers is believed. */
import type { ReadAmount } from '../../clients/paykassma/minor-units.ts';
import type { Postback, PostbackTransaction } from '../../clients/paykassma/postback/postback.ts';
import type { Money, Outcome } from '../../payments/model/outcome.ts';
import type { AttemptRecord, PaymentRecord } from '../../payments/model/records.ts';

/** Null where nobody can tell whether it says that money came in. */
export function judgePostback(
  shape: Postback['shape'],
  told: PostbackTransaction,
  payment: Pick<PaymentRecord, 'currency'>,
  attempt: Pick<AttemptRecord, 'id' | 'action' | 'entered'>,
  upstream: string,
): Outcome | null {
  if (told.outcome === 'refused') {
    return { kind: 'asked', refusal: { code: 'transfer_refused', field: 'transactionNumber' }, watched: false };
  }
  if (told.outcome !== 'credited' || attempt.action?.kind !== 'transfer') return null;
  const asked = attempt.action.amount;
  const money = (amount: number, currency: string): Money => ({ upstream, upstreamId: attempt.id, amount, currency });
  // Also without an amount: that money came must not be forgotten because nobody can say how much.
  const doubt = (why: string, amount: ReadAmount | null, currency: string | null): Outcome => ({
    kind: 'review',
    why,
    evidence: money(typeof amount === 'number' ? amount : 0, currency ?? payment.currency),
  });

  const { signed, unsigned } = told;
  const amount = signed.amount ?? unsigned.amount;
  const currency = signed.currency ?? unsigned.currency;
  // A-Pay's id is that of its own order, not the wallet's number.
  const number = shape === 'apay' ? null : told.transactionId;
  if (number !== null && attempt.entered !== null && number.toUpperCase() !== attempt.entered.toUpperCase()) {
    return doubt('credited under another number than the customer told', amount, currency);
  }
  if (amount === null || amount === 'inexact' || amount <= 0)
    return doubt('credited without an amount that can be said exactly', null, currency);
  if (signed.amount === null && (amount !== asked || (currency ?? payment.currency) !== payment.currency)) {
    return doubt('an amount that is not signed and differs from the asked one', amount, currency);
  }
  return { kind: 'paid', evidence: money(amount, currency ?? payment.currency) };
}
