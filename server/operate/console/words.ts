/** The console's words for statuses, methods and kinds, and how grave each is. */
import type { AttemptStatus, PaymentMethod, PaymentStatus } from '#contract';
import type { QueueKind, TimelineEntry } from '#contract/operate';

/** `bad`: somebody has to act. `warn`: look at it. `good`: paid. `quiet`: nothing to do. */
export type Tone = 'bad' | 'warn' | 'good' | 'quiet';

export const queueKinds: Record<QueueKind, { words: string; tone: Tone }> = {
  needs_review: { words: 'Needs review', tone: 'bad' },
  underpaid: { words: 'Underpaid', tone: 'bad' },
  uncounted_money: { words: 'Uncounted money', tone: 'bad' },
  outcome_unknown: { words: 'Outcome unknown', tone: 'warn' },
  unmatched_postback: { words: 'Unmatched postback', tone: 'bad' },
  parked_webhook: { words: 'Webhook given up', tone: 'bad' },
  codes_unknown: { words: 'Pay codes unknown', tone: 'warn' },
  approval: { words: 'Waits for a second person', tone: 'warn' },
  decision_contradicted: { words: 'Decision contradicted', tone: 'bad' },
  order_paid_twice: { words: 'Order paid twice', tone: 'bad' },
  overpaid: { words: 'Overpaid', tone: 'warn' },
  reversed: { words: 'Reversed by the service', tone: 'bad' },
  reopened_beside_another: { words: 'Reopened beside another', tone: 'warn' },
  attempt_in_doubt: { words: 'Attempt in doubt', tone: 'warn' },
  code_used_in_gap: { words: 'Code used before the restore', tone: 'warn' },
  reconciliation: { words: 'Difference in the books', tone: 'warn' },
};

export const statuses: Record<PaymentStatus, { words: string; tone: Tone }> = {
  open: { words: 'Open', tone: 'quiet' },
  awaiting_customer: { words: 'Waits for the customer', tone: 'quiet' },
  processing: { words: 'Processing', tone: 'warn' },
  needs_review: { words: 'Needs review', tone: 'bad' },
  succeeded: { words: 'Paid', tone: 'good' },
  underpaid: { words: 'Underpaid', tone: 'bad' },
  refunding: { words: 'Refund running', tone: 'warn' },
  refunded: { words: 'Refunded', tone: 'quiet' },
  canceled: { words: 'Canceled', tone: 'quiet' },
  expired: { words: 'Expired', tone: 'quiet' },
};

export const methods: Record<PaymentMethod, string> = { pay_code: 'Pay code', wallet: 'Wallet', card: 'Card' };

export const attemptStatuses: Record<AttemptStatus, string> = {
  awaiting_customer: 'waits for the customer',
  processing: 'processing',
  paid: 'paid',
  declined: 'declined',
  unconfirmed: 'not confirmed yet',
  abandoned: 'given up',
  needs_review: 'needs review',
  refunding: 'refund running',
  refunded: 'refunded',
};

export const timelineKinds: Record<TimelineEntry['kind'], string> = {
  payment: 'Payment',
  attempt: 'Attempt',
  call: 'Call',
  evidence: 'Money',
  decision: 'Decision',
  refund: 'Refund',
  discount: 'Discount',
  postback: 'Postback',
  webhook: 'Webhook',
  flag: 'Flag',
  approval: 'Approval',
};

export const dispositions = {
  counted: 'It pays this payment',
  moved: 'It pays another payment',
  returned: 'It was given back',
  void: 'There never was such money',
} as const;

/** A name of the interface in words: `lastCharacters` → `last characters`. */
export const inWords = (name: string): string =>
  name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.]/g, ' ')
    .toLowerCase();

/** `operator:Anna` → `Anna`; `merchant:demo` → `merchant demo`. */
export const personOf = (actor: string): string => actor.replace(/^operator:/, '').replace(/^merchant:/, 'merchant ');
