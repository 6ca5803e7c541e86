/** The payment: as the merchant's server sees it, as the browser sees it, and what webhooks carry. */
import { CreatedPayment } from '../merchant-api.ts';
import { Payment, PaymentView, Webhook } from '../payment.ts';
import type { PaymentMethod } from '../payment-basics.ts';
import { TestWebhook } from '../webhook-events.ts';
import { describe, type Field } from './describe.ts';
import { amount, clientSecret, created, currency, expires, fiscalUrl, ids, label, orderId, paid, reference } from './examples.ts';

const shared = {
  id: ['Its id, `pay_…`. It never changes.', ids.payment],
  reference: [
    'A short name of the payment that a customer can read out to support: the first eight characters of its id.',
    reference,
  ],
  orderId: ["The merchant's id of the order.", orderId],
  description: ['What is paid for, shown to the customer; null where the merchant gave none.', 'The Patient Garden'],
  status: [
    'Where the payment stands. `open`: nobody is paying. `awaiting_customer`: an attempt waits for the customer. `processing`: an attempt is being checked. `needs_review`: only a person can tell what became of the money. `succeeded`: at least what was due is paid. `underpaid`: less than that. `refunding`, `refunded`: the money is on its way back, or is back. `canceled`, `expired`: it is over.',
    'succeeded',
  ],
  test: ['True where no real money moves.', false],
  expiresAt: ['When the time to pay is over, ISO 8601.', expires],
  amount: ['What the order costs, in minor units of `currency`, before any discount.', amount],
  discount: ['What a discount code takes off, in minor units; 0 without one.', 0],
  due: ['What has to be paid, in minor units: `amount` less `discount`.', amount],
  amountPaid: ['What was paid so far, in minor units, by the evidence that counts.', amount],
  currency: ['Currency of all amounts, ISO 4217.', currency],
  paidLate: ['True if the money came after the payment had been canceled or had expired.', false],
  paidAt: ['When the payment succeeded, ISO 8601; null if it has not.', paid],
  returnUrls: [
    'Where the customer goes when the payment is over; empty where the merchant gave none.',
    { success: 'https://shop.example/orders/10482' },
  ],
} as const;
const methods: Field<PaymentMethod[]> = [
  'How it can be paid, in the order in which the customer is offered them.',
  ['pay_code', 'card'],
];

export const paymentFields = describe(Payment, {
  ...shared,
  methods,
  label: ["The merchant's id of the customer.", label],
  version: ['Grows by one with every change. Whoever decides about the payment sends the version that they have seen.', 9],
  discountCode: ['The discount: whether its code is redeemed, and its last characters. Null without a discount.', null],
  amountRefunded: ['What was returned of it, in minor units.', 0],
  acceptedAmount: ['What a person has accepted as enough although more was due, in minor units; absent if nobody has.', 490_000],
  decidedBy: [
    'Who decided about the money last, or returned some: `operator:<name>` or `merchant:<id>`; absent if nobody has.',
    'operator:aziza',
  ],
  orderAlreadyPaidBy: [
    'The order was paid twice: the id of the payment that had paid it before money came for this one. Otherwise absent.',
    ids.otherPayment,
  ],
  method: ['The method of the evidence that paid it; null before it is paid.', 'card'],
  createdAt: ['When it was created, ISO 8601.', created],
  metadata: ['What the merchant stored with it: texts by name; empty without any.', { warehouse: 'north' }],
  attempts: ['All attempts to pay, oldest first.'],
  evidence: ['What the payment services say was paid, oldest first. Sums are made of this.'],
  decisions: ['What people decided about the money, oldest first.', []],
  refunds: ['Money that went back or is on its way, oldest first.', []],
  fiscalReceipts: [
    'What your own cash register has reported by `POST /v1/payments/{id}/fiscal-receipt`, the sale before the refund; absent if it has reported none.',
  ],
});

describe(Payment.shape.discountCode, {
  status: [
    '`reserved`: its code is redeemed just before the rest is charged. `unknown`: redeeming it was requested and the answer is not known. `redeemed`: it is used up, and what it takes off stays off.',
    'reserved',
  ],
  lastCharacters: ['The last characters of its code, never the code itself; null where they are not kept.', '7K2M'],
});

describe(PaymentView, {
  ...shared,
  methods,
  merchantId: [
    'The id of the merchant in the merchants file. A plugin window shows only payments of the merchant in its own address.',
    'nova-books',
  ],
  merchantName: ['The name of the merchant, as the customer knows it.', 'Nova Books'],
  merchantLogoUrl: [
    'The address of a picture to show beside the name; absent if the merchant has none. It may not load: then the name has to do.',
    'https://nova-books.example/logo.svg',
  ],
  brands: [
    'Pictures of the brands that the customer pays with, as addresses or data URLs: by `payme`, `uzcard`, `humo`, or the type of a wallet. Absent if the merchant has none. One may not load: then the checkout draws a sign of its own.',
    { payme: 'https://nova-books.example/brands/payme.svg' },
  ],
  locale: [
    "The language that the merchant's server named for the customer, BCP 47; absent if it named none. What the page itself chooses counts more.",
    'uz',
  ],
  version: ['Grows by one with every change. `GET /checkout?since=` compares it.', 9],
  now: ["The server's clock, ISO 8601, to compute countdowns with.", paid],
  discountCode: ['The discount: the last characters of its code, and whether it can be removed. Null without a discount.', null],
  fiscalReceiptUrl: [
    "The tax office's page about the fiscal receipt, of the refund once the payment is refunded: shown as a QR code and a link. Absent if the merchant's cash register has reported none.",
    fiscalUrl,
  ],
  attempt: ['The newest attempt, or the one that paid; null before there is one.'],
  nextAction: ['What the customer has to do now.', { kind: 'none' }],
  problem: ['Why the last attempt ended without money, while the customer may try again; otherwise null.', null],
});

describe(PaymentView.shape.discountCode, {
  lastCharacters: ['The last characters of its code, never the code itself; null where they are not kept.', '7K2M'],
  removable: ['Whether the customer can still remove it: `DELETE /checkout/discount`.', true],
});

describe(CreatedPayment, {
  payment: ['The payment as it is now. The same order again leads to the same payment.'],
  clientSecret: [
    'Opens this one payment in a browser, and nothing else. Each answer has a new one; earlier ones stay valid, 20 at most.',
    clientSecret,
  ],
  pluginUrl: [
    'The address of the whole checkout as a page, with the client secret behind `#`: for a link, a frame or `PayDesk.open()`.',
    `https://pay.example/plugin/?merchant=nova-books#${clientSecret}`,
  ],
});

describe(Webhook, {
  type: ['What happened.', 'payment.succeeded'],
  timestamp: ['When it happened, ISO 8601. When it was sent is in the header `webhook-timestamp`.', paid],
  sequence: [
    '1, 2, 3 … for each payment. Webhooks of one payment are sent in this order, each at least once. Numbers are missing if your settings name the types that you want.',
    1,
  ],
  data: ['What it is about.'],
});

describe(Webhook.shape.data, {
  payment: ['The whole payment as it was at that moment.'],
  problem: ['Why it was refused; only with `payment.attempt_refused` and `payment.refund_refused`.'],
});

describe(Webhook.shape.data.shape.problem.def.innerType, {
  code: ['As in answers of this interface; the page of problems has cause and remedy of each.', 'card_declined'],
});

describe(TestWebhook, {
  type: ['Always `test`.', 'test'],
  timestamp: ['When it was made, ISO 8601.', paid],
  data: ['Empty: a test belongs to no payment.', {}],
});
