/** Pay codes and Payme's receipts for the merchant's back office. */
import {
  GeneratePayCode,
  GeneratePayCodes,
  LookUpPayCode,
  PayCodeBatch,
  PayCodeBatchState,
  PayCodeState,
  PayCodeView,
  ReceiptList,
  ReceiptView,
} from '../merchant-api.ts';
import { describe } from './describe.ts';
import { amount, begun, created, ids, orderId, paid, receipt } from './examples.ts';

const rule = ['The rule of PayCodes that codes are made by: one of those that the merchants file lists.', 'books-25'] as const;
const validFrom = ["The first day of the code, `YYYY-MM-DD`, in PayCodes' time zone. Absent: at once.", '2027-03-01'] as const;
const validTo = [
  "The last day of the code, `YYYY-MM-DD`, in PayCodes' time zone. Absent: as the rule says.",
  '2027-06-30',
] as const;
const currency = ['Currency of `price`, ISO 4217.', 'PLN'] as const;
const batchId = ['Acknowledge it (`POST /v1/pay-codes/batches/{id}/acknowledge`) once the codes are stored.', ids.batch] as const;

describe(GeneratePayCode, { rule, validFrom, validTo });
describe(GeneratePayCodes, { rule, count: ['How many codes, 1 to 1,000.', 100], validFrom, validTo });
describe(LookUpPayCode, { rule, code: ['The pay code, without spaces.', '7K2M9QXA'] });

describe(PayCodeView, {
  batchId,
  rule,
  code: ['The pay code. It is money: the same Idempotency-Key returns it for 24 hours, or until it is acknowledged.', '7K2M9QXA'],
  price: ['What the code is worth, in minor units; null where PayCodes gives none, or none in whole minor units.', 2500],
  currency,
});
describe(PayCodeBatch, {
  batchId,
  rule,
  codes: ['The pay codes, all different; fewer than requested where PayCodes made fewer.', ['7K2M9QXA', '3HT8WZ4C']],
});
describe(PayCodeState, {
  rule,
  state: ['Whether the code can pay, and if not, why.', 'used'],
  price: ['What the code is worth, in minor units; null where PayCodes gives none, or none in whole minor units.', 2500],
  currency,
  validFrom: ['From when on it is valid, ISO 8601; null where that is not limited.', '2027-02-28T23:00:00.000Z'],
  validTo: ['Until when it is valid, ISO 8601; null where that is not limited.', '2027-06-30T21:59:59.000Z'],
  usedAt: ['When it was used, ISO 8601; null if it was not.', paid],
  client: ["Who used it, by PayCodes' answer: `pw:` and the attempt for ours; null if it was not used.", `pw:${ids.attempt}`],
});
describe(PayCodeBatchState, {
  id: ['Its id, `bat_…`.', ids.batch],
  rule,
  status: [
    '`made`: the codes were made. `running`: PayCodes has not answered yet. `unknown`: its answer was lost; PayCodes has the codes, if it made them, under the creator `pw:<id>`.',
    'made',
  ],
  count: ['How many codes were made, or asked for as long as that is not known.', 100],
  kept: ['Whether the Idempotency-Key still returns the codes.', false],
  createdAt: ['When they were requested, ISO 8601.', created],
});

describe(ReceiptView, {
  id: ["Payme's id of the receipt.", receipt],
  state: ["Payme's own number: 0 created, 4 paid, 21 being cancelled, 50 cancelled; the others are in progress.", 4],
  amount: ['Minor units of `currency`.', amount],
  currency: ["ISO 4217; null where Payme's answer has none.", 'UZS'],
  description: ['What the receipt was made with; begins with the id of our attempt.', `${ids.attempt} ${orderId}`],
  account: ['What the receipt was made for, in the fields of the cashbox.'],
  card: ['The card that paid, masked; null where none did.'],
  createdAt: ['When it was created, ISO 8601; null where Payme does not say.', begun],
  paidAt: ['When it was paid, ISO 8601; null if it was not.', paid],
  canceledAt: ['When it was cancelled, ISO 8601; null if it was not.', null],
});
describe(ReceiptView.shape.account, {
  name: ['The name of the field in the cashbox.', 'order_id'],
  value: ['Its value.', orderId],
});
describe(ReceiptView.shape.card, {
  number: [
    'Masked, and without the expiry, since the form promises the customer that the shop never sees it.',
    '860006******6311',
  ],
});
describe(ReceiptList, {
  receipts: ['Newest first.'],
  unreadable: ['How many more receipts could not be read.', 0],
});
