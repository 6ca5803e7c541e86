/** Has Payme send the receipt of a payment by SMS, once. */
import { readPayerPhone } from '#contract';
import { withoutEffect } from '../../payments/attempts/record-intent.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { PaymentRecord } from '../../payments/model/records.ts';
import { withinAnswer } from '../within-answer.ts';
import { askPayme } from './call-payme.ts';
import type { PayingParts } from './card-parts.ts';
import { paymeIntent } from './card-session.ts';
import { knownPhone } from './payer-phone.ts';

/**
 * @param typed Where to, if not to the phone that the payment was made with.
 * @throws ProblemError `receipt_sent` the second time, also where it is not known whether the first SMS went out; `phone_format`;
 * `provider_unavailable`; `invalid_request` (409) where nothing was paid by card.
 */
export async function sendReceipt(parts: PayingParts, payment: PaymentRecord, typed: string | undefined): Promise<void> {
  const { store, observer, payments, clock } = parts;
  const account = parts.account(payment.merchantId);
  const paid =
    payment.status === 'succeeded' &&
    (await store.evidence(payment.id)).filter(({ method, counted }) => method === 'card' && counted).at(-1);
  if (!account || !paid || paid.attemptId === null)
    throw new ProblemError('invalid_request', { status: 409, detail: 'only a payment that was paid by card has a receipt' });
  const phone = typed === undefined ? knownPhone(payment) : readPayerPhone(typed);
  if (!phone) throw new ProblemError('phone_format', { field: 'phone', detail: 'expected a phone of Uzbekistan' });
  const call = paymeIntent(paid.attemptId, 'receipts.send', { receipt: paid.upstreamId });
  const intent = await payments.commitBeside(payment.id, paid.attemptId, call);
  if (!intent) throw new ProblemError('receipt_sent');
  const sent = await askPayme(observer, 'receipts.send', () =>
    account.client.receiptsSend({ id: paid.upstreamId, phone }, withinAnswer()),
  );
  const none =
    sent.kind === 'refused' ||
    (sent.kind === 'ok' && !sent.result.success) ||
    (sent.kind === 'fault' && sent.fault === 'not_sent');
  await store.updateIntent({
    ...intent,
    notes: { ...intent.notes, ...(none && withoutEffect) },
    status: sent.kind === 'fault' && !none ? 'unknown' : 'closed',
    endedAt: clock.now(),
  });
  if (sent.kind !== 'ok' || none) throw new ProblemError('provider_unavailable');
}
