/** Payments as the BFF would tell them, one for each state a customer can meet. */
import type { AttemptView, PaymentView } from '#contract';

const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString();

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
  due: 2500,
  amountPaid: 0,
  currency: 'PLN',
  late: false,
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
  tail: '0001',
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

export const refused = (code: 'code_used' | 'code_invalid' = 'code_used'): Partial<PaymentView> => ({
  status: 'open',
  nextAction: { kind: 'enter_code' },
  attempt: attempt('refused'),
  problem: { code, ref: 'req-1' },
});

/** Every screen there is, by a name for the test's title. */
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
  'too many attempts': () => openPayment({ problem: { code: 'too_many_attempts', retryAt: minutes(14), ref: 'req-2' } }),
  'upstream down': () => openPayment({ problem: { code: 'provider_unavailable', ref: 'req-3' } }),
  checking: () => openPayment(checking()),
  'checked by a person': () =>
    openPayment({
      status: 'needs_review',
      attempt: attempt('review'),
      nextAction: { kind: 'wait', reason: 'review', since: minutes(-90) },
    }),
  paid: () => openPayment(paid()),
  'paid late': () => openPayment({ ...paid(), late: true }),
  expired: () => openPayment({ ...over, status: 'expired' }),
  canceled: () => openPayment({ ...over, status: 'canceled' }),
  underpaid: () => openPayment({ ...over, status: 'underpaid', amountPaid: 1000 }),
  refunding: () => openPayment({ ...over, status: 'refunding', amountPaid: 2500 }),
  refunded: () => openPayment({ ...over, status: 'refunded', amountPaid: 2500 }),
  'no method fits': () => openPayment({ ...over, methods: [] }),
};
