/** Requests of the browser, and the problem that declines them. */
import { Problem, ProblemDetails } from '../index.ts';
import {
  ChooseWalletRequest,
  OpenedLink,
  OpenLink,
  ReadCheckout,
  StartSms,
  SubmitCard,
  SubmitCardCode,
  SubmitCardToken,
  SubmitPayCode,
  SubmitSavedCard,
  SubmitTransfer,
} from '../requests.ts';
import { describe } from './describe.ts';
import { clientSecret, ids, later, reference } from './examples.ts';

const acknowledge = [
  'True once the customer knows that a transfer or an earlier payment may still bring money, and pays anyway. Without it such a request is `payment_processing` with `field` `acknowledge`.',
  true,
] as const;
const seen = [
  'What the customer saw that they pay: `due` and `currency` of the view. If another sum is due by now, nothing is charged, and the answer is `payment_changed`. Absent: not compared.',
  { due: 500_000, currency: 'UZS' },
] as const;
const phone = [
  "The payer's phone in Uzbekistan, in any spelling; needed where the view has `askPhone`.",
  '+998 90 123-45-67',
] as const;
const save = ['Whether the customer wants the card saved with this merchant; false by default.', false] as const;

describe(SubmitPayCode, {
  code: ['The pay code as typed, or the whole SMS that it came in. Spaces, case and look-alikes are read as meant.', '7K2M-9QXA'],
  acceptExcess: ['True once the customer has agreed to lose what the code is worth beyond what is due.', false],
  acknowledge,
  seen,
});

describe(StartSms, { acknowledge });

describe(ChooseWalletRequest, {
  walletType: ['One of the wallets of `choose_wallet`.', 'wavepay'],
  acknowledge,
});

describe(SubmitTransfer, {
  transactionNumber: ['The transaction number as typed, or the whole SMS that it came in.', '01234567890123456789'],
});

describe(SubmitPayCode.shape.seen, {
  due: ['Minor units of `currency`.', 500_000],
  currency: ['ISO 4217.', 'UZS'],
});

describe(SubmitCard, {
  number: [
    "The card's number as typed, with or without spaces, in digits of any script. It is not stored.",
    '8600 0691 9540 6311',
  ],
  expire: ['Month and year, `MM/YY`, with or without a separator. It is not stored.', '03/99'],
  save,
  phone,
  acknowledge,
  seen,
});

describe(SubmitCardCode, { code: ['The code of the SMS, or the whole SMS.', '666666'] });

describe(SubmitSavedCard, {
  cardId: ['The id of one of the `saved` cards of the view.', ids.card],
  phone,
  acknowledge,
  seen,
});

describe(SubmitCardToken, {
  token: ['The token of a card that the frame has confirmed at Payme itself.', '630e5ee41f3a4b2d9c7e8a50_Xv3rNpQ7'],
  save,
  phone,
  acknowledge,
  seen,
});

describe(ReadCheckout, {
  since: ['A version that was seen already. With `wait` the answer comes as soon as there is a newer one.', 9],
  wait: ['For how many seconds the answer may be delayed while nothing is newer, 0 to 20. Absent: answered at once.', 20],
});

describe(OpenLink, {
  query: [
    'The query of a signed link exactly as in the address, without the `?`.',
    'merchant=nova-books&label=customer-7&currency_code=UZS&fixed_amount=5000&custom_transaction_id=10482&exp=1803906000&kid=1&signature=Qm9va3M',
  ],
});

describe(OpenedLink, { clientSecret: ['Opens the one payment of the link.', clientSecret] });

const problem = describe(Problem, {
  code: ['What went wrong; stable. The page of problems has cause and remedy of each.', 'code_expired'],
  field: ['The wrong field of the request, as a dotted path; absent where no single field is wrong.', 'code'],
  retryAt: [
    'Before this moment trying again is of no use, ISO 8601 (also the header `Retry-After`). Absent where no time is known.',
    later,
  ],
  at: [
    'The moment that the code is about, ISO 8601, e.g. when a pay code expired or becomes valid; absent where there is none.',
    '2027-02-28T21:59:59.000Z',
  ],
  recoverable: [
    'Whether trying again can help: the same request later, another entry, or another way to pay. False where the request itself has to change, or nothing can change the answer. Absent only in answers of older servers.',
    true,
  ],
  reference: ['What a customer may quote to support: of the payment, or of the request.', reference],
});

describe(ProblemDetails, {
  ...problem,
  type: ['The code as a URN (RFC 9457).', 'urn:pay-desk:problem:code_expired'],
  title: ['What went wrong, in English, for developers.', 'The pay code has expired'],
  status: ['The HTTP status.', 410],
  detail: [
    'What was expected, or why, in English, for developers; absent where the title says all.',
    'the last day of the code is over',
  ],
  batch: [
    'With `outcome_unknown` and `codes_erased`: the pay codes in question. Otherwise absent.',
    { id: ids.batch, count: 100 },
  ],
  payment: ['Where `PATCH /v1/payments/{id}` is declined: the payment as it is now. Otherwise absent.'],
  view: ['Where a POST of the browser is declined: the payment as it is now. Otherwise absent.'],
});

describe(ProblemDetails.shape.batch, {
  id: ['The id of the batch. PayCodes has its codes under the creator `pw:<id>`.', ids.batch],
  count: ['How many codes were made, or asked for where that is not known.', 100],
});
