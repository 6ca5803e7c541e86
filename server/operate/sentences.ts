/**
 * What each event in the history of a payment means, in a sentence for an operator. A test compares the list with the code: an event
 * that is written and missing here fails it.
 */
import type { TimelineEntry } from '#contract/operate';
import { actorText } from './words.ts';

type Kind = TimelineEntry['kind'];

/** `{name}` stands for a value of the event's data. */
export const auditSentences: Readonly<Record<string, readonly [Kind, string]>> = {
  'payment.created': ['payment', 'The payment was created.'],
  'payment.recovered': [
    'payment',
    'A restored backup did not know the payment: it was entered again from what a payment service or the shop knows.',
  ],
  'restore.verified': ['payment', 'A restored database was verified, and the payment went on.'],
  'customer.erased': ['payment', 'The customer was erased: the label is a pseudonym, and the phone is gone.'],
  'payment.changed': ['payment', "The merchant's server changed the payment: {fields}."],
  'payment.fiscal_receipt': ['payment', 'The cash register of the merchant reported fiscal receipt {receiptId} of the {kind}.'],
  'payment.fiscal_receipt_taken': ['payment', 'Payme has taken fiscal receipt {receiptId} of the {kind}.'],
  'payment.canceled': ['payment', 'The payment was canceled.'],
  'payment.expired': ['payment', 'The time to pay was over.'],
  'payment.refund': ['refund', 'It was requested to give the money back.'],
  'attempt.started': ['attempt', 'The customer was shown how to pay ({method}).'],
  'attempt.begun': ['attempt', 'The customer submitted a payment ({method}).'],
  'attempt.resumed': ['attempt', 'The customer did what was shown, and the attempt went on ({method}).'],
  'attempt.action_required': ['attempt', 'The customer was requested to do something more ({action}).'],
  'attempt.declined': ['attempt', 'The attempt paid nothing ({code}).'],
  'attempt.abandoned': ['attempt', 'The customer left the attempt, or it had become needless.'],
  'attempt.leaving': ['attempt', 'The customer wants to leave the attempt; first it is made sure that it pays nothing any more.'],
  'attempt.unknown': ['attempt', 'The outcome of the attempt is not known yet; it is checked until it is.'],
  'attempt.needs_review': ['attempt', 'Only a person can decide: {why}.'],
  'attempt.recovered': ['attempt', 'A restored backup did not know the attempt: it was entered again ({method}).'],
  'claim.contested': ['attempt', 'Another payment had claimed the same number before.'],
  'discount.reserved': ['discount', 'A discount code was entered.'],
  'discount.redeemed': ['discount', 'The discount code was redeemed.'],
  'discount.declined': ['discount', 'The discount code was not accepted any more, so the whole amount is due.'],
  'discount.unknown': ['discount', 'It is not known yet whether the discount code was redeemed.'],
  'discount.removed': ['discount', 'The customer took the discount code back.'],
  'evidence.taken': ['evidence', 'A payment service reported money, and it was counted.'],
  'evidence.corrected': [
    'evidence',
    'A payment service reported another amount of money than was stored, and its own replaced it.',
  ],
  'intent.committed': ['call', 'A call was recorded before it was made: {operation}.'],
  'refund.by_hand': ['refund', 'A person noted that money was given back: {note}.'],
  'payment.reversed': ['refund', 'The payment service has returned the money, and we had not asked for it.'],
  'evidence.disposed': ['evidence', 'A person decided what becomes of uncounted money ({disposition}).'],
  'evidence.given_up': [
    'evidence',
    'Money that a person had declared void here was named for another payment, and is stored there.',
  ],
  'evidence.given_back': ['evidence', 'Money that had been moved to another payment came back, because that one was reopened.'],
  'decision.left_to_service': ['decision', "A person asked, and the payment service's own answer decided."],
  'decision.paid': ['decision', "By a person's decision the money counts as paid."],
  'decision.not_paid': ['decision', "By a person's decision the attempt has paid nothing."],
  'decision.returned': ['decision', "By a person's decision the money counts as given back."],
  'decision.accepted': ['decision', "By a person's decision what has come is enough."],
  'decision.reopened': ['decision', 'A person took back what had been decided: {note}.'],
  'approval.requested': ['approval', 'An act was requested that a second person has to confirm ({act}).'],
  'approval.confirmed': ['approval', 'A second person confirmed what was requested ({act}).'],
  'approval.rejected': ['approval', 'A second person rejected what was requested ({act}).'],
  'flag.closed': ['flag', 'A person has looked at what was flagged, and closed it: {note}.'],
  'webhook.replayed': ['webhook', 'The webhook was queued to be sent again ({by}).'],
  'refund.returned': ['refund', 'The payment service has given the money back.'],
  'refund.kept': ['refund', 'The payment service did not give the money back: {why}.'],
  'refund.needs_review': ['refund', 'Only a person can tell whether the money went back: {why}.'],
};

type Data = TimelineEntry['data'];

/** The sentence of an event. A newer version of this program may have written one that is not in the list. */
export function auditTitle(type: string, data: Data): { kind: Kind; title: string } {
  const [kind, text] = auditSentences[type] ?? (['payment', `Something happened: ${type}.`] as const);
  return { kind, title: fillIn(text, data) };
}

/** Without its value, a phrase in brackets or after a colon is left out. */
const fillIn = (text: string, data: Data): string =>
  text
    .replace(/ \(\{(\w+)\}\)|: \{(\w+)\}/g, (whole, inBrackets: string | undefined, last: string | undefined) =>
      (data[inBrackets ?? last ?? ''] ?? null) === null ? '' : whole,
    )
    .replace(/\{(\w+)\}/g, (_, name: string) => actorText(String(data[name])).replaceAll('_', ' '));
