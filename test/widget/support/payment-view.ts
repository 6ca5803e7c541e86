/** Payment views as the BFF would send them, one for each state a customer can meet. */
import type { AttemptView, EnterCard, EnterCardCode, PaymentView, SendSms, Transfer } from '#contract';

const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString();

/** What the customer of an open payment sees that they pay. */
export const seen = { due: 2500, currency: 'PLN' };

/** 25.00 PLN, open, to be paid by a code. */
export const openPayment = (changes: Partial<PaymentView> = {}): PaymentView => ({
  id: 'pay_7q4k19tz00000000',
  reference: 'PD-7Q4K-19TZ',
  orderId: '10482',
  merchantId: 'demo',
  merchantName: 'Nova Books',
  description: null,
  test: false,
  status: 'open',
  version: 1,
  now: minutes(0),
  expiresAt: minutes(60),
  amount: 2500,
  discount: 0,
  discountCode: null,
  due: 2500,
  amountPaid: 0,
  currency: 'PLN',
  paidLate: false,
  paidAt: null,
  methods: ['pay_code'],
  attempt: null,
  nextAction: { kind: 'enter_code' },
  problem: null,
  returnUrls: { success: 'https://shop.example/thanks', fail: 'https://shop.example/cart' },
  ...changes,
});

const attempt = (status: AttemptView['status']): AttemptView => ({
  id: 'att_1',
  method: 'pay_code',
  status,
  startedAt: minutes(-2),
  endedAt: null,
  lastCharacters: '0001',
  submittedReference: null,
  transfer: null,
});

const over = { nextAction: { kind: 'none' } } as const;

export const checking = (): Partial<PaymentView> => ({
  status: 'processing',
  attempt: attempt('processing'),
  nextAction: { kind: 'wait', reason: 'unknown_outcome', since: minutes(-2) },
});

export const paid = (): Partial<PaymentView> => ({
  ...over,
  status: 'succeeded',
  amountPaid: 2500,
  paidAt: minutes(0),
  attempt: attempt('paid'),
});

export const transfer = (own: Partial<Transfer> = {}): Transfer => ({
  kind: 'transfer',
  walletType: 'wavepay',
  walletName: 'Wave Pay',
  amount: 600_000,
  requisites: [{ key: 'wallet_number', value: '09324342342' }],
  exactAmount: false,
  number: { pattern: '[0-9A-Za-z]{1,11}', maxLength: 11, inputMode: 'text' },
  screenshot: false,
  ...own,
});

export const wallets = [
  { walletType: 'wavepay', name: 'Wave Pay', screenshot: false },
  { walletType: 'kbzpay_manual', name: 'KBZPay', screenshot: true },
];

/** 6,000.00 MMK, to be paid by wallet. */
export const walletPayment = (changes: Partial<PaymentView> = {}): PaymentView =>
  openPayment({
    amount: 600_000,
    due: 600_000,
    currency: 'MMK',
    methods: ['wallet'],
    nextAction: { kind: 'choose_wallet', wallets },
    ...changes,
  });

/** The requisites are shown. */
export const transferring = (changes: Partial<PaymentView> = {}, own: Partial<Transfer> = {}): PaymentView =>
  walletPayment({
    status: 'awaiting_customer',
    attempt: transferAttempt('awaiting_customer', { submittedReference: null, transfer: transfer(own) }),
    nextAction: transfer(own),
    ...changes,
  });

/** An attempt whose transaction number was submitted. */
export const transferAttempt = (status: AttemptView['status'], own: Partial<AttemptView> = {}): AttemptView => ({
  ...attempt(status),
  method: 'wallet',
  lastCharacters: '6476',
  submittedReference: '1394646476',
  transfer: transfer(),
  ...own,
});

export const refused = (code: 'code_used' | 'code_invalid' = 'code_used'): Partial<PaymentView> => ({
  status: 'open',
  nextAction: { kind: 'enter_code' },
  attempt: attempt('declined'),
  problem: { code, reference: 'req-1' },
});

/** The screens of a transfer by wallet. */
export const transferStates = (): Record<string, () => PaymentView> => ({
  'choosing a wallet': () => walletPayment(),
  'the one wallet': () => walletPayment({ nextAction: { kind: 'choose_wallet', wallets: wallets.slice(0, 1), fixed: true } }),
  'no wallet now': () => walletPayment({ nextAction: { kind: 'choose_wallet', wallets: [] } }),
  'a wallet without requisites': () =>
    walletPayment({ problem: { code: 'no_requisites', field: 'walletType', reference: 'req-5' } }),
  transferring: () => transferring(),
  'transferring, with captions of the wallet, a picture and an exact amount': () =>
    transferring(
      { methods: ['wallet', 'pay_code'] },
      {
        walletType: 'kbzpay_manual',
        walletName: 'KBZPay',
        requisites: [
          { key: 'wallet_number', value: '09777666555' },
          { key: 'account_name', value: 'Daw Khin Khin Htwe Trading Company Limited' },
          { key: 'Branch code', caption: 'Branch code', value: 'YGN-0042' },
        ],
        how: 'send_money',
        exactAmount: true,
        screenshot: true,
      },
    ),
  'transfer not found yet': () =>
    transferring({
      problem: { code: 'transfer_not_found', field: 'transactionNumber', reference: 'req-6' },
      attempt: transferAttempt('awaiting_customer'),
    }),
  'transfer refused': () =>
    transferring({ problem: { code: 'transfer_refused', field: 'transactionNumber', reference: 'req-7' } }),
  'too many numbers': () => transferring({ problem: { code: 'too_many_attempts', reference: 'req-8' } }),
  'transfer accepted': () =>
    walletPayment({
      status: 'processing',
      attempt: transferAttempt('processing'),
      nextAction: { kind: 'wait', reason: 'transfer_accepted', since: minutes(-2) },
    }),
  'transfer pending': () =>
    walletPayment({
      status: 'processing',
      attempt: transferAttempt('processing'),
      nextAction: { kind: 'wait', reason: 'transfer_pending', since: minutes(-2) },
    }),
  'a transfer still looked for, before a second payment': () =>
    walletPayment({
      attempt: transferAttempt('abandoned'),
      methods: ['wallet', 'pay_code'],
      nextAction: {
        kind: 'confirm',
        reason: 'second_payment',
        options: [{ kind: 'choose_wallet', wallets }, { kind: 'enter_code' }],
      },
    }),
  'money that may come to an earlier payment of the order': () =>
    walletPayment({
      methods: ['wallet', 'pay_code'],
      nextAction: {
        kind: 'confirm',
        reason: 'earlier_payment',
        options: [{ kind: 'choose_wallet', wallets }, { kind: 'enter_code' }],
      },
    }),
  'transfer after the time was up': () =>
    transferring({
      status: 'expired',
      attempt: transferAttempt('abandoned', { submittedReference: null }),
      nextAction: transfer(),
    }),
  'a transfer too old to be told': () =>
    walletPayment({ ...over, status: 'expired', attempt: transferAttempt('abandoned', { submittedReference: null }) }),
  'too little came by wallet': () =>
    walletPayment({ ...over, status: 'underpaid', amountPaid: 300_000, attempt: transferAttempt('paid') }),
  'paid by wallet': () =>
    walletPayment({
      ...over,
      status: 'succeeded',
      amountPaid: 600_000,
      paidAt: minutes(0),
      attempt: transferAttempt('paid'),
    }),
});

export const enterCard = (own: Partial<EnterCard> = {}): EnterCard => ({
  kind: 'enter_card',
  saved: [],
  frameUrl: 'https://bff.example/frame/card/?merchant=demo',
  offerUrl: 'https://payme.example/offer',
  askPhone: false,
  canSave: false,
  confirmSaved: false,
  ...own,
});

export const enterCardCode = (own: Partial<EnterCardCode> = {}): EnterCardCode => ({
  kind: 'enter_card_code',
  card: '860006******6311',
  phone: '99890*****66',
  resendAt: minutes(1),
  attemptsLeft: 3,
  resent: false,
  ...own,
});

export const savedCards = [
  { id: 'card_1', number: '860006******6311' },
  { id: 'card_2', number: '986001******0101' },
];

/** An attempt to pay by card. */
export const byCard = (status: AttemptView['status']): AttemptView => ({
  ...attempt(status),
  method: 'card',
  lastCharacters: '6311',
});

/** 5,000.00 UZS, to be paid by card. */
export const cardPayment = (changes: Partial<PaymentView> = {}, own: Partial<EnterCard> = {}): PaymentView =>
  openPayment({
    amount: 500_000,
    due: 500_000,
    currency: 'UZS',
    methods: ['card'],
    nextAction: enterCard(own),
    ...changes,
  });

/** The SMS was requested. */
export const cardCode = (changes: Partial<PaymentView> = {}, own: Partial<EnterCardCode> = {}): PaymentView =>
  cardPayment({ status: 'awaiting_customer', attempt: byCard('awaiting_customer'), nextAction: enterCardCode(own), ...changes });

/** What the QR code of a fiscal receipt contains. */
export const fiscalUrl = 'https://ofd.example/check?t=EP000000000025&r=121&c=20270301120512&s=800031554082';

/** Paid by card a moment ago; the merchant's cash register has reported the fiscal receipt. */
export const withFiscalReceipt = (changes: Partial<PaymentView> = {}): PaymentView =>
  cardPayment({
    ...over,
    status: 'succeeded',
    amountPaid: 500_000,
    paidAt: minutes(0),
    attempt: byCard('paid'),
    fiscalReceiptUrl: fiscalUrl,
    ...changes,
  });

/** The screens of a payment by card. */
export const cardStates = (): Record<string, () => PaymentView> => ({
  'a card': () => cardPayment(),
  'a card, with phone and saving': () =>
    cardPayment({
      methods: ['card', 'pay_code'],
      nextAction: { kind: 'choose', options: [enterCard({ askPhone: true, canSave: true }), { kind: 'enter_code' }] },
    }),
  'saved cards': () => cardPayment({}, { saved: savedCards, canSave: true, confirmSaved: true }),
  'a saved card that pays at once, to Payme directly': () =>
    cardPayment({}, { saved: savedCards, direct: { url: 'https://payme.example/api', cashboxId: '5e730e8e0b852a417aa49ceb' } }),
  'a card number that is not accepted': () =>
    cardPayment({ problem: { code: 'card_number', field: 'number', reference: 'req-9' } }),
  'a card without SMS': () =>
    cardPayment({ attempt: byCard('declined'), problem: { code: 'card_sms_disabled', reference: 'req-10' } }),
  'Payme out of reach': () => cardPayment({ problem: { code: 'provider_unavailable', reference: 'req-11' } }),
  'too many cards': () => cardPayment({ problem: { code: 'too_many_attempts', retryAt: minutes(14), reference: 'req-12' } }),
  'a code from an SMS': () => cardCode(),
  'a code from an SMS to an unknown phone, of which there are no more': () =>
    cardCode({}, { phone: null, resendAt: null, resent: true }),
  'a code from an SMS, another one can be had': () => cardCode({}, { resendAt: minutes(-1), resent: true }),
  'a wrong code from an SMS': () =>
    cardCode({ problem: { code: 'sms_code_wrong', field: 'code', reference: 'req-13' } }, { attemptsLeft: 2 }),
  'paid by card': () =>
    cardPayment({ ...over, status: 'succeeded', amountPaid: 500_000, paidAt: minutes(0), attempt: byCard('paid') }),
  'paid by card, with a fiscal receipt': () => withFiscalReceipt(),
});

/** A code by SMS: the SMS to send, and the field for the code that comes back. */
export const sendSms = (own: Partial<SendSms> = {}): SendSms => ({
  kind: 'send_sms',
  text: 'DPAY.ABC123',
  number: '7255',
  price: 2500,
  continuation: 'enter_code',
  until: minutes(60),
  length: 8,
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUWVZ0123456789',
  ...own,
});

/** The SMS is to be sent: it was requested `ago` minutes ago. */
export const sendingSms = (changes: Partial<PaymentView> = {}, own: Partial<SendSms> = {}, ago = 1): PaymentView =>
  openPayment({
    status: 'awaiting_customer',
    methods: ['pay_code', 'wallet'],
    attempt: { ...attempt('awaiting_customer'), lastCharacters: null, startedAt: minutes(-ago) },
    nextAction: sendSms(own),
    ...changes,
  });

/** A shown code that pays when its SMS is sent. `left`: minutes that the page still waits. */
export const waitingForSms = (left = 14, changes: Partial<PaymentView> = {}): PaymentView =>
  sendingSms(
    { attempt: { ...attempt('awaiting_customer'), lastCharacters: '7K', startedAt: minutes(left - 15) }, ...changes },
    { text: 'DPAY 9XQ2W47K', continuation: 'wait', until: minutes(left), length: undefined, alphabet: undefined },
  );

/** A discount code took 2.50 off. */
export const discounted = (changes: Partial<PaymentView> = {}): PaymentView =>
  openPayment({ discount: 250, due: 2250, discountCode: { lastCharacters: '10PC', removable: true }, ...changes });

/** The screens of codes by SMS and of discounts. */
export const smsStates = (): Record<string, () => PaymentView> => ({
  'a code by SMS, or an SMS instead': () =>
    openPayment({ nextAction: { kind: 'enter_code', canBuyBySms: true, canPayBySms: true } }),
  'an SMS to send': () => sendingSms(),
  'an SMS that costs more than is due': () => sendingSms({}, { price: 3075 }),
  'a wrong code from an SMS that was paid for': () =>
    sendingSms({ problem: { code: 'code_invalid', field: 'code', reference: 'req-14' } }),
  'no code yet': () => sendingSms({}, {}, 3),
  'no code before the time was up': () =>
    openPayment({ ...over, status: 'expired', attempt: { ...attempt('abandoned'), lastCharacters: null } }),
  'waiting for the SMS': () => waitingForSms(),
  'waiting for the SMS for long': () => waitingForSms(-1),
  'an SMS that may still come after the time was up': () =>
    openPayment({
      status: 'expired',
      attempt: { ...attempt('unconfirmed'), lastCharacters: '7K' },
      nextAction: { kind: 'wait', reason: 'sms_late', since: minutes(-70) },
    }),
  'a discount': () => discounted({ methods: ['wallet', 'pay_code'], nextAction: chooseWalletOrCode }),
  'a discount that is used already': () => discounted({ discountCode: { lastCharacters: '10PC', removable: false } }),
  'a discount of everything, being used': () =>
    discounted({ discount: 2500, due: 0, nextAction: { kind: 'wait', reason: 'checking', since: minutes(0) } }),
  'a discount code that somebody else has used': () =>
    openPayment({ attempt: attempt('declined'), problem: { code: 'code_used', field: 'code', reference: 'req-15' } }),
  'a discount that is lost': () =>
    openPayment({ attempt: attempt('declined'), problem: { code: 'discount_lost', reference: 'req-17' } }),
  'a second discount': () => discounted({ problem: { code: 'discount_taken', field: 'code', reference: 'req-16' } }),
  'paid with a discount': () =>
    discounted({ ...paid(), amountPaid: 2250, discountCode: { lastCharacters: '10PC', removable: false } }),
  'paid by a discount alone': () => discounted({ ...paid(), discount: 2500, due: 0, amountPaid: 0 }),
});

const chooseWalletOrCode: PaymentView['nextAction'] = {
  kind: 'choose',
  options: [{ kind: 'choose_wallet', wallets }, { kind: 'enter_code' }],
};

/** Every screen, by a name for the test's title. */
export const states: Record<string, () => PaymentView> = {
  entering: () => openPayment(),
  'entering a code of known length, test mode': () =>
    openPayment({ test: true, nextAction: { kind: 'enter_code', length: 8, alphabet: 'ABCDEFGHIJKLMNOPQRSTUWVZ0123456789' } }),
  choosing: () =>
    openPayment({
      methods: ['pay_code', 'wallet'],
      nextAction: { kind: 'choose', options: [{ kind: 'enter_code' }, { kind: 'enter_code' }] },
    }),
  refused: () => openPayment(refused()),
  'too many attempts': () => openPayment({ problem: { code: 'too_many_attempts', retryAt: minutes(14), reference: 'req-2' } }),
  'upstream down': () => openPayment({ problem: { code: 'provider_unavailable', reference: 'req-3' } }),
  checking: () => openPayment(checking()),
  'checked by a person': () =>
    openPayment({
      status: 'needs_review',
      attempt: attempt('needs_review'),
      nextAction: { kind: 'wait', reason: 'review', since: minutes(-90) },
    }),
  paid: () => openPayment(paid()),
  'paid late': () => openPayment({ ...paid(), paidLate: true }),
  expired: () => openPayment({ ...over, status: 'expired' }),
  canceled: () => openPayment({ ...over, status: 'canceled' }),
  underpaid: () => openPayment({ ...over, status: 'underpaid', amountPaid: 1000 }),
  refunding: () => openPayment({ ...over, status: 'refunding', amountPaid: 2500 }),
  refunded: () => openPayment({ ...over, status: 'refunded', amountPaid: 2500 }),
  'no method fits': () => openPayment({ ...over, methods: [] }),
  ...transferStates(),
  ...smsStates(),
};

/** With those of cards, on a page of the BFF's own origin: elsewhere a card is typed in a frame. */
export const allStates: Record<string, () => PaymentView> = { ...states, ...cardStates() };
