/** What belongs to a payment: its attempts, the evidence of money, what people decided, and what was returned. */
import { AttemptView, DecisionView, EvidenceView, RefundView } from '../payment.ts';
import { FiscalReceipt, ReturnUrls } from '../payment-basics.ts';
import { describe } from './describe.ts';
import { amount, begun, currency, fiscalUrl, ids, later, paid, receipt } from './examples.ts';

describe(AttemptView, {
  id: ['Its id, `att_…`.', ids.attempt],
  method: ['How the customer pays in this attempt.', 'card'],
  status: [
    'Where it stands. `unconfirmed`: the wallet does not know the transfer yet, and a message of the payment service will report it. `refunding`, `refunded`: it paid, and the money is on its way back, or is back.',
    'paid',
  ],
  startedAt: ['When it began, ISO 8601.', begun],
  endedAt: ['When it ended, ISO 8601; null while it goes on.', paid],
  lastCharacters: [
    'The last characters of what the customer entered, to recognise it: four at most, and never more than half of it. Null before anything was entered.',
    '6311',
  ],
  submittedReference: [
    'What the customer entered, where it is no secret: the transaction number of a wallet. Null for cards and pay codes, and before it was entered.',
    null,
  ],
  transfer: [
    "The account that the customer was shown to transfer to; null for other methods. After the end of the payment the customer's own view has no `requisites` in it.",
    null,
  ],
});

describe(EvidenceView, {
  attemptId: ['The attempt that paid; null if a discount code covers the whole amount, so that `amount` is 0.', ids.attempt],
  method: ['How it was paid.', 'card'],
  upstreamId: [
    "The payment service's own id of the transaction: Payme's receipt, the wallet's transaction number, or PayCodes' use of the code.",
    receipt,
  ],
  amount: ['What the payment service took, in minor units of `currency`.', amount],
  currency: ['Currency of `amount`, ISO 4217.', currency],
  takenAt: ['When the payment service took the money, ISO 8601.', paid],
  counted: ['False where a person must decide whether it pays this payment; until then it is in no sum.', true],
  disposition: ['What a person decided about money that was not counted; absent if nobody has decided.', 'moved'],
  movedTo: ['With `disposition` `moved`: the payment that it pays instead. Otherwise absent.', ids.otherPayment],
  reportedBy: [
    'Who named this money, as long as the payment service has not: `shop` after a restore, `operator` for a postback whose amount is not signed. Otherwise absent.',
    'shop',
  ],
});

describe(DecisionView, {
  id: ['Its id, `dec_…`.', 'dec_6n1d4f7q4k19tz3m8c5x0v2bga'],
  attemptId: ['The attempt that was decided about; null where the decision is about the whole payment.', ids.attempt],
  outcome: [
    'What the person said: it was paid, it was not, the money was returned, or too little was accepted as enough.',
    'paid',
  ],
  amount: ['The money that the decision is about, in minor units of `currency`; 0 for `not_paid`.', amount],
  currency: ['Currency of `amount`, ISO 4217.', currency],
  upstreamId: ['What paid, as the person named it; null where none was named.', receipt],
  decidedBy: ['Who decided: `operator:<name>` or `merchant:<id>`.', 'operator:aziza'],
  note: ['Why, in their own words.', 'Payme’s cabinet shows the receipt as paid'],
  decidedAt: ['When, ISO 8601.', later],
  supersededAt: ['Since then the proof of the payment service counts instead, ISO 8601; null while the decision counts.', null],
});

describe(RefundView, {
  id: ['Its id, `ref_…`.', 'ref_1d4f7q4k19tz3m8c5x0v2b6nga'],
  attemptId: ['The attempt whose money went back; null where money was returned by hand and no attempt was named.', ids.attempt],
  amount: ['What went back, in minor units of `currency`.', amount],
  currency: ['Currency of `amount`, ISO 4217.', currency],
  how: [
    '`upstream`: the payment service returned it. `by_hand`: somebody returned it outside of Pay Desk and recorded that.',
    'upstream',
  ],
  status: [
    '`running`: the payment service works on it. `done`: the money is back. `declined`: it was refused, and nothing was returned. `needs_review`: only a person can tell.',
    'done',
  ],
  requestedBy: ['Who asked for it: `operator:<name>` or `merchant:<id>`.', 'merchant:nova-books'],
  reference: ['The number of the transfer back, where money was returned by hand and one was given; otherwise null.', null],
  note: ['Why, in the words of whoever asked; empty where nothing was said.', 'The book was sold out'],
  requestedAt: ['When it was asked for, ISO 8601.', later],
  endedAt: ['When it ended, ISO 8601; null while it runs.', later],
});

describe(FiscalReceipt, {
  kind: ['Whether it is the receipt of the sale or of its return.', 'sale'],
  receiptId: ['Its number in the cash register.', 121],
  qrUrl: ["The tax office's page about it, which its QR code leads to.", fiscalUrl],
  fiscalSign: ['Its fiscal sign; null where none was reported.', '800031554082'],
  terminalId: ['The number of the fiscal module; null where none was reported.', 'EP000000000025'],
  issuedAt: ['When the register made it, ISO 8601; null where that was not reported.', paid],
  reportedAt: ['When it was reported to Pay Desk, ISO 8601.', paid],
  takenByPaymeAt: [
    'When Payme took it, ISO 8601. Null while it has not (report it again), and for a refund, of which Payme cannot be told.',
    paid,
  ],
});

describe(ReturnUrls, {
  success: [
    'Where the customer goes once the payment has succeeded: an absolute http(s) address on an origin that the merchants file allows. Absent: they stay on the page.',
    'https://shop.example/orders/10482',
  ],
  fail: ['The same where the payment has ended without money.', 'https://shop.example/orders/10482/failed'],
  pending: ['The same where the outcome is not known yet.', 'https://shop.example/orders/10482/pending'],
});
