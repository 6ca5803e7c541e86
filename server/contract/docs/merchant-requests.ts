/** Requests of the merchant's server about payments, and decisions. */
import { ChangePayment, CreatePayment, ReportFiscalReceipt } from '../merchant-api.ts';
import {
  AcceptPayment,
  Approval,
  DecidedPayment,
  DisposeEvidence,
  RefundPayment,
  ReopenPayment,
  ResolvePayment,
} from '../operate-acts.ts';
import { describe } from './describe.ts';
import { amount, currency, fiscalUrl, ids, label, later, orderId, paid, receipt } from './examples.ts';
import { paymentFields } from './payment.ts';

describe(CreatePayment, {
  amount: ['What the order costs, in minor units of `currency` by ISO 4217: 500000 is 5,000.00 UZS.', amount],
  currency: ['ISO 4217, in capitals.', currency],
  orderId: [
    'Your id of the order, 1 to 190 characters. The same order, customer and money lead to the same payment, until that is canceled, expired or refunded.',
    orderId,
  ],
  label: ['Your id of the customer, 1 to 190 characters. Saved cards and limits belong to it.', label],
  description: ['What is paid for, shown to the customer, at most 256 characters.', 'The Patient Garden'],
  methods: [
    'Which methods the customer is offered, in this order. Absent: all that you sell in this currency.',
    ['card', 'pay_code'],
  ],
  walletType: ['The one wallet to pay by, by its name at Paykassma. Absent: the customer chooses.', 'wavepay'],
  locale: [
    "The customer's language, BCP 47 (`ru-RU`) or as systems write it (`ru_RU.UTF-8`). What is neither counts as absent. Absent: the page's or the browser's.",
    'uz-UZ',
  ],
  phone: [
    "The customer's phone, in any spelling. What is no phone counts as absent. Absent: the customer is asked where it is needed.",
    '+998 90 123-45-67',
  ],
  items: ['The lines of the fiscal receipt, 1 to 100, whose sum is `amount`. Absent: no fiscal data is sent.'],
  returnUrls: [
    'Where the customer goes when the payment is over. Absent: they stay on the page.',
    { success: 'https://shop.example/orders/10482' },
  ],
  expiresIn: ['How many seconds the customer has, a minute to a week. Absent: one hour.', 3600],
  metadata: [
    'Texts of your own by name (at most 40 and 500 characters), which answers and webhooks return.',
    { warehouse: 'north' },
  ],
});

describe(CreatePayment.shape.items, {
  title: ['What it is, 1 to 128 characters.', 'The Patient Garden'],
  price: ['Price of one piece with VAT, in minor units.', 500_000],
  count: ['How many pieces.', 1],
  code: ['MXIK, the code of the goods in the catalogue of the tax office of Uzbekistan.', '00702001001000001'],
  units: ['The code of the unit of measure. Absent: none is sent.', 241_092],
  vatPercent: ['VAT contained in the price, in whole percent.', 12],
  packageCode: ['The code of the packaging in the same catalogue.', '123456'],
});

const note = [
  'Why, in your own words, 3 to 500 characters. It stays in the history of the payment.',
  'Payme’s cabinet shows it as paid',
] as const;
const version = [
  'The `version` of the payment that you have seen. If the payment has changed since, the answer is 409.',
  9,
] as const;

describe(ChangePayment, {
  version,
  amount: ['What the order costs now, in minor units. Absent: as before.', 550_000],
  items: [
    'The lines of the fiscal receipt, whose sum is the amount. Required together with `amount` where the payment has items. Absent: as before.',
  ],
  description: [
    'What is paid for, at most 256 characters; null removes it. Absent: as before.',
    'The Patient Garden, and a bookmark',
  ],
  returnUrls: [
    'Where the customer goes when the payment is over, in place of all addresses of before. Absent: as before.',
    { success: 'https://shop.example/orders/10482' },
  ],
  expiresIn: ['How many seconds the customer has from now, not less than what is left. Absent: as before.', 7200],
  metadata: ['Texts of your own by name, in place of all of before. Absent: as before.', { warehouse: 'south' }],
});

describe(ReportFiscalReceipt, {
  kind: [
    'Which receipt it is. `sale`: the payment is shown with it, and Payme is told. `refund`: of money that was returned; Payme cannot be told of it.',
    'sale',
  ],
  receiptId: ['Its number in your cash register.', 121],
  qrUrl: [
    "The tax office's page about it, as its QR code has it: https, at most 300 characters. The customer is shown the code and a link.",
    fiscalUrl,
  ],
  fiscalSign: ['Its fiscal sign, 1 to 32 digits. Absent: Payme is sent none.', '800031554082'],
  terminalId: ['The number of the fiscal module, 1 to 32 letters and digits. Absent: Payme is sent none.', 'EP000000000025'],
  issuedAt: ['When the register made it, ISO 8601 with a time zone. Absent: Payme is sent none.', paid],
});

describe(ResolvePayment, {
  outcome: ['What became of the money. Where the payment service can be read, it is asked first and its answer decides.', 'paid'],
  attemptId: ['The attempt that is decided about.', ids.attempt],
  amount: ['What was paid, in minor units, for `paid` and `returned`; 0 for `not_paid`.', amount],
  currency: ['Currency of `amount`, ISO 4217; must be that of the payment.', currency],
  upstreamId: [
    'What paid, e.g. the wallet’s transaction number. Needed only where the attempt does not name it already.',
    receipt,
  ],
  note,
  version,
});
describe(AcceptPayment, { note, version });
describe(ReopenPayment, { note, version });
describe(RefundPayment, {
  byHand: ['Records money that somebody has returned already. Absent: the payment service returns the whole payment.'],
  note: ['Why, 3 to 500 characters. Absent: nothing is recorded.', 'The book was sold out'],
  version: ['The `version` of the payment that you have seen. With `byHand` this or an Idempotency-Key is required.', 9],
});
describe(RefundPayment.def.innerType.def.innerType.shape.byHand, {
  amount: ['What was returned, in minor units, at most what was paid and not returned yet.', amount],
  currency: ['Currency of `amount`, ISO 4217; must be that of the payment.', currency],
  reference: ['The number of the transfer back. Absent: none is recorded.', 'TR-20270301-17'],
  note,
});
describe(DisposeEvidence, {
  upstreamId: ['The `upstreamId` of the evidence that is not counted.', receipt],
  disposition: [
    '`counted`: it pays this payment. `moved`: it pays `toPaymentId`. `returned`: it was given back. `void`: there never was such money.',
    'moved',
  ],
  toPaymentId: ['With `moved`: a payment of the same merchant and currency. Otherwise absent.', ids.otherPayment],
  note,
  version,
});

describe(Approval, {
  id: ['Its id, `apr_…`.', 'apr_4f7q4k19tz3m8c5x0v2b6n1dga'],
  paymentId: ['The payment that it is about.', ids.payment],
  act: ['What was requested.', 'refund'],
  summary: [
    'What will be done when it is confirmed, in one sentence.',
    'refund this payment, as requested by merchant:nova-books',
  ],
  amount: ['The money that it is about, in minor units of `currency`.', amount],
  currency: ['Currency of `amount`, ISO 4217.', currency],
  status: [
    '`pending`: a second person has to decide. `outdated`: the payment has changed since, so it was not done and cannot be confirmed.',
    'pending',
  ],
  requestedBy: ['Who requested it: `operator:<name>` or `merchant:<id>`.', 'merchant:nova-books'],
  requestedAt: ['When it was requested, ISO 8601.', later],
  note: ['Why, in the words of whoever requested it.', 'The book was sold out'],
  decidedBy: ['Who confirmed or rejected it; null while it waits, and where it is outdated.', null],
  decidedAt: ['When that was, ISO 8601; null while it waits.', null],
});

describe(DecidedPayment, {
  ...paymentFields,
  approval: ['With 202: nothing was done yet, because a second person has to confirm it. Otherwise absent.'],
});
