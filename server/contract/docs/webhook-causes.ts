/** When each type of webhook is sent. */
import type { WebhookType } from '../payment.ts';

export const webhookCauses: Readonly<Record<WebhookType, string>> = {
  'payment.succeeded':
    'At least what was due has been paid, even after the payment was canceled or had expired (`paidLate`); once more if a refund of it was declined.',
  'payment.underpaid':
    'Less than what was due has been paid; once more if more has come and it is still too little, or if a refund of it was declined.',
  'payment.overpaid': 'More money has come for a payment that had succeeded or is being refunded.',
  'payment.processing': 'The outcome is not known at once, so the server keeps checking.',
  'payment.needs_review': 'Only a person can tell what became of the money; once more for money that comes meanwhile.',
  'payment.canceled': 'It was canceled. Money may still come.',
  'payment.expired': 'Its time is over. Money may still come.',
  'payment.refunded': 'The money of the payment has been returned.',
  'payment.reversed': 'The payment service has returned money without being asked by us. A person has to look.',
  'payment.updated':
    'It changed and its status did not, e.g. by `PATCH /v1/payments/{id}`, because a part was returned by hand, or because your cash register reported a fiscal receipt.',
  'payment.attempt_refused':
    'The customer tried to pay, and it was refused: `data.problem` says why, e.g. `code_used` or `card_declined`. Nothing was paid by it, and they may try again. Sent only if your settings name it.',
  'payment.refund_refused':
    'The payment service did not return the money of an attempt: `data.problem` is `refund_unsupported`. Sent only if your settings name it.',
};
