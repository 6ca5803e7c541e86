/** What an operator could find at three in the morning, as the operator's API would answer it. */
import type { Payment, WebhookEvent, WebhookEventDetail } from '#contract';
import type {
  Approval,
  Flag,
  OperatorStatus,
  OperatorView,
  PaymentDetail,
  PaymentSummary,
  PossibleAct,
  PostbackItem,
  QueueItem,
  ReconciliationDetail,
  TimelineEntry,
} from '#contract/operate';

export const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

export const anna: OperatorView = {
  name: 'Anna',
  person: null,
  role: 'act',
  scopes: ['resolve', 'refund', 'links'],
  merchants: ['demo', 'tea-house'],
  merchantIds: ['demo', 'tea-house'],
};

export const queueItem = (changes: Partial<QueueItem> = {}): QueueItem => ({
  id: 'pay_7q4k19tz00000000',
  kind: 'needs_review',
  merchantId: 'demo',
  paymentId: 'pay_7q4k19tz00000000',
  reference: 'PD-7Q4K-19TZ',
  orderId: '10482',
  amount: 600_000,
  currency: 'MMK',
  reason: 'The wallet’s transaction number is claimed by another payment that is not settled.',
  since: ago(134),
  ...changes,
});

export const fullQueue = (): QueueItem[] => [
  queueItem({
    id: 'pay_b',
    paymentId: 'pay_b',
    kind: 'underpaid',
    reference: 'PD-9M2C-0KQ4',
    orderId: '10391',
    amount: 2_500,
    currency: 'PLN',
    reason: '20.00 of 25.00 PLN came.',
    since: ago(3_020),
  }),
  queueItem(),
  queueItem({
    id: 'evt_1',
    kind: 'parked_webhook',
    reference: 'PD-3T7W-QX55',
    orderId: '10455',
    amount: 12_345_600,
    currency: 'UZS',
    reason: 'The shop’s server answered 500 to 12 deliveries of payment.succeeded.',
    since: ago(95),
  }),
  queueItem({
    id: 'pbi_1',
    kind: 'unmatched_postback',
    paymentId: null,
    reference: null,
    orderId: null,
    amount: 450_000,
    currency: 'MMK',
    reason: 'A transfer by Wave Pay bears no id of ours.',
    since: ago(61),
  }),
  queueItem({
    id: 'apr_1',
    kind: 'approval',
    amount: 999_999_999_999,
    currency: 'UZS',
    reference: 'PD-ZZZZ-0000',
    reason: 'Boris wants to record that the attempt has paid.',
    since: ago(12),
  }),
  queueItem({
    id: 'flg_1',
    kind: 'overpaid',
    amount: 2_500,
    currency: 'PLN',
    reason: '25.00 PLN more than was due came.',
    since: ago(4),
  }),
  queueItem({
    id: 'flg_2',
    kind: 'reconciliation',
    paymentId: null,
    reference: null,
    orderId: null,
    amount: 5_000_000,
    currency: 'UZS',
    reason: 'Payme lists a receipt of 28 November that we do not know.',
    since: ago(2),
  }),
];

export const payment = (changes: Partial<Payment> = {}): Payment => ({
  id: 'pay_7q4k19tz00000000',
  reference: 'PD-7Q4K-19TZ',
  orderId: '10482',
  label: 'customer-5521',
  description: 'Two books',
  status: 'needs_review',
  version: 7,
  test: true,
  amount: 600_000,
  discount: 0,
  discountCode: null,
  due: 600_000,
  amountPaid: 0,
  amountRefunded: 0,
  currency: 'MMK',
  paidLate: false,
  methods: ['wallet'],
  method: null,
  createdAt: ago(150),
  expiresAt: ago(-30),
  paidAt: null,
  returnUrls: {},
  metadata: { basket: '7781' },
  attempts: [
    {
      id: 'att_1',
      method: 'wallet',
      status: 'needs_review',
      startedAt: ago(148),
      endedAt: null,
      lastCharacters: '6474',
      submittedReference: '1394646474',
      transfer: null,
    },
  ],
  evidence: [],
  decisions: [],
  refunds: [],
  ...changes,
});

export const resolvePaid: PossibleAct = {
  act: 'resolve_paid',
  title: 'Record as paid',
  consequence:
    'The payment becomes paid, and the shop is sent payment.succeeded. Proof of the payment service replaces your word when it comes.',
  irreversible: 'The shop may ship the order.',
  attemptId: 'att_1',
  amount: 600_000,
  currency: 'MMK',
  reads: false,
  secondPerson: false,
};

export const resolveNotPaid: PossibleAct = {
  act: 'resolve_not_paid',
  title: 'Record as not paid',
  consequence: 'The payment expires, and the shop is sent payment.expired. A transfer that comes later is still taken.',
  irreversible: null,
  attemptId: 'att_1',
  reads: false,
  secondPerson: false,
};

export const recheck: PossibleAct = {
  act: 'recheck',
  title: 'Ask the payment service now',
  consequence: 'The payment service is read. The payment moves only if the answer proves something.',
  irreversible: null,
  reads: true,
  secondPerson: false,
};

export const dispose: PossibleAct = {
  act: 'dispose',
  title: 'Decide about 450,000 that is not counted',
  consequence: 'What you choose is recorded, and the sums follow.',
  irreversible: null,
  upstreamId: 'wave:1394646480',
  amount: 45_000_000,
  currency: 'MMK',
  reads: false,
  secondPerson: true,
};

export const refundByHand: PossibleAct = {
  act: 'refund_by_hand',
  title: 'Record a return by hand',
  consequence: 'It is recorded that somebody has returned this money. No money moves by it.',
  irreversible: 'A recorded return stays in the books.',
  amount: 2_500,
  currency: 'PLN',
  reads: false,
  secondPerson: false,
};

export const timeline = (): TimelineEntry[] => [
  {
    at: ago(150),
    kind: 'payment',
    title: 'The shop created the payment.',
    data: { amount: 600_000, currency: 'MMK', orderId: '10482' },
  },
  { at: ago(148), kind: 'attempt', title: 'The customer chose Wave Pay.', data: { attemptId: 'att_1' } },
  {
    at: ago(147),
    kind: 'call',
    title: 'Requisites were asked for at Paykassma.',
    data: { operation: 'requisites', status: 200, durationMs: 412 },
  },
  {
    at: ago(140),
    kind: 'call',
    title: 'The transaction number was sent to Paykassma, and the answer was lost.',
    data: { operation: 'activate', reason: 'timeout' },
  },
  { at: ago(134), kind: 'payment', title: 'The payment went to review.', data: { from: 'processing', to: 'needs_review' } },
  {
    at: ago(133),
    kind: 'webhook',
    title: 'payment.needs_review was delivered.',
    data: { sequence: 2, status: 200, durationMs: 31 },
  },
];

export const approval: Approval = {
  id: 'apr_1',
  paymentId: 'pay_7q4k19tz00000000',
  act: 'resolve',
  summary: 'Record that attempt att_1 has paid 6,000.00 MMK.',
  amount: 600_000,
  currency: 'MMK',
  status: 'pending',
  requestedBy: 'operator:Boris',
  requestedAt: ago(12),
  note: 'Seen in the cabinet of Wave Pay.',
  decidedBy: null,
  decidedAt: null,
};

export const flag: Flag = {
  id: 'flg_1',
  kind: 'overpaid',
  reason: '25.00 PLN more than was due came.',
  raisedAt: ago(4),
  closedAt: null,
  closedBy: null,
};

export const detail = (changes: Partial<PaymentDetail> = {}): PaymentDetail => ({
  payment: payment(),
  merchantId: 'demo',
  timeline: timeline(),
  acts: [resolvePaid, resolveNotPaid, recheck],
  approvals: [],
  flags: [],
  ...changes,
});

/** Everything at once, to see how it looks. */
export const fullDetail = (): PaymentDetail =>
  detail({
    payment: payment({
      amountPaid: 620_000,
      amountRefunded: 20_000,
      evidence: [
        {
          attemptId: 'att_1',
          method: 'wallet',
          upstreamId: 'wave:1394646474',
          amount: 620_000,
          currency: 'MMK',
          takenAt: ago(100),
          counted: true,
        },
        {
          attemptId: null,
          method: 'wallet',
          upstreamId: 'wave:1394646480',
          amount: 45_000_000,
          currency: 'MMK',
          takenAt: ago(60),
          counted: false,
        },
      ],
      decisions: [
        {
          id: 'dec_1',
          attemptId: 'att_1',
          outcome: 'paid',
          amount: 600_000,
          currency: 'MMK',
          upstreamId: 'wave:1394646474',
          decidedBy: 'operator:Boris',
          note: 'The customer sent a picture of the transfer.',
          decidedAt: ago(110),
          supersededAt: ago(100),
        },
      ],
      refunds: [
        {
          id: 'ref_1',
          attemptId: null,
          amount: 20_000,
          currency: 'MMK',
          how: 'by_hand',
          status: 'done',
          requestedBy: 'operator:Anna',
          reference: 'WP-99182',
          note: 'The surplus went back.',
          requestedAt: ago(90),
          endedAt: ago(90),
        },
      ],
    }),
    acts: [resolvePaid, resolveNotPaid, refundByHand, dispose, recheck],
    approvals: [approval],
    flags: [flag],
  });

export const summary = (changes: Partial<PaymentSummary> = {}): PaymentSummary => ({
  id: 'pay_7q4k19tz00000000',
  reference: 'PD-7Q4K-19TZ',
  merchantId: 'demo',
  orderId: '10482',
  label: 'customer-5521',
  status: 'needs_review',
  test: false,
  amount: 600_000,
  due: 600_000,
  amountPaid: 0,
  amountRefunded: 0,
  currency: 'MMK',
  method: 'wallet',
  lastCharacters: '6474',
  createdAt: ago(150),
  updatedAt: ago(134),
  ...changes,
});

export const postback = (changes: Partial<PostbackItem> = {}): PostbackItem => ({
  id: 'pbi_1',
  merchantId: 'demo',
  account: 'demo-paykassma',
  wallet: 'wavepay',
  transactionId: '1394646480',
  customTransactionId: null,
  label: 'customer-5521',
  amount: 450_000,
  currency: 'MMK',
  signedAmount: false,
  status: 'unmatched',
  paymentId: null,
  matchedBy: null,
  note: null,
  receivedAt: ago(61),
  ...changes,
});

export const event = (changes: Partial<WebhookEvent> = {}): WebhookEvent => ({
  id: 'evt_1',
  endpoint: 'main',
  type: 'payment.succeeded',
  paymentId: 'pay_3t7wqx5500000000',
  sequence: 2,
  status: 'parked',
  createdAt: ago(4_600),
  deliveredAt: null,
  replayedAt: null,
  nextTryAt: null,
  deliveryCount: 12,
  lastDelivery: { id: 'dlv_12', number: 12, at: ago(95), durationMs: 1_840, status: 500, reason: null },
  ...changes,
});

export const eventDetail = (changes: Partial<WebhookEventDetail> = {}): WebhookEventDetail => ({
  ...event(),
  body: '{"type":"payment.succeeded","sequence":2,"data":{"payment":{"id":"pay_3t7wqx5500000000","status":"succeeded"}}}',
  deliveries: [
    { id: 'dlv_11', number: 11, at: ago(1_500), durationMs: 10_000, status: 0, reason: 'timeout' },
    { id: 'dlv_12', number: 12, at: ago(95), durationMs: 1_840, status: 500, reason: null },
  ],
  ...changes,
});

export const health = (changes: Partial<OperatorStatus> = {}): OperatorStatus => ({
  version: '0.3.0',
  engine: 'postgres',
  now: new Date().toISOString(),
  database: 'ok',
  heldSince: null,
  merchantsFileRefusedSince: null,
  counts: { needs_review: 3, underpaid: 1, processing: 4 },
  oldest: { needsReview: 8_040, outcomeUnknown: null, webhook: 5_700, postback: null },
  paid: [
    { method: 'pay_code', currency: 'PLN', count: 1_204, amount: 3_010_000 },
    { method: 'card', currency: 'UZS', count: 87, amount: 1_234_567_800 },
  ],
  pendingAnswers: 0,
  clockSkewSeconds: 0.1,
  ...changes,
});

export const reconciliation = (changes: Partial<ReconciliationDetail> = {}): ReconciliationDetail => ({
  id: 'rec_1',
  merchantId: 'demo',
  day: '2026-11-28',
  source: 'payme',
  status: 'done',
  problem: null,
  requestedBy: 'operator:Anna',
  startedAt: ago(9),
  endedAt: ago(9),
  there: 12,
  here: 11,
  foreign: 2,
  differences: 2,
  found: [
    {
      kind: 'paid_there',
      upstreamId: '65646e1d0b7a2c0f8d5b1a33',
      paymentId: null,
      theirAmount: 5_000_000,
      theirCurrency: 'UZS',
      ourAmount: null,
      ourCurrency: null,
      at: ago(2_000),
      reason: 'Payme lists a paid receipt that no payment of ours has.',
    },
    {
      kind: 'amounts_differ',
      upstreamId: '65646e1d0b7a2c0f8d5b1a44',
      paymentId: 'pay_7q4k19tz00000000',
      theirAmount: 5_000_000,
      theirCurrency: 'UZS',
      ourAmount: 4_500_000,
      ourCurrency: 'UZS',
      at: ago(1_900),
      reason: 'Payme has taken another amount than we have counted.',
    },
  ],
  ...changes,
});
