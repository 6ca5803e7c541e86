/** When a state is complete: some are only some time after the last click. */

export interface Completion {
  /** A condition of the payment, polled until it holds; without one the payment is taken as it is. */
  status?: string;
  /** The page is read while this call of a service is running, because the click takes long. */
  meanwhile?: string;
}

const completions: Readonly<Record<string, Completion>> = {
  'running-out': { status: 'expired' },
  'two-tabs': { status: 'succeeded', meanwhile: 'use_code' },
  'slow-answer': { status: 'succeeded', meanwhile: 'use_code' },
  'slow-click': { status: 'succeeded' },
  'sms-expired': { status: 'expired' },
  'reversed-paid': { status: 'succeeded' },
  'reversed-expired': { status: 'expired' },
  'card-declined-slowly': { status: 'open' },
  'card-stepwise': { status: 'succeeded' },
  'card-lost-then-paid': { status: 'succeeded' },
  'card-lost-then-unpaid': { status: 'open' },
  'card-reversed': { status: 'open' },
  'lost-then-paid': { status: 'succeeded' },
  'lost-then-declined': { status: 'open' },
  'needs-review': { status: 'needs_review' },
  refunded: { status: 'refunded' },
  expired: { status: 'expired' },
  'transfer-expired': { status: 'expired' },
};

export const completionOf = (state: string): Completion => completions[state] ?? {};
