/** Where a state comes to rest: some of them only a while after its last click. */

export interface Rest {
  /** Of the payment on show; looked for until it is so. Without one the payment is taken as it is. */
  status?: string;
  /** The click takes long; the page is looked at while this call of a service is on its way. */
  meanwhile?: string;
}

const rests: Readonly<Record<string, Rest>> = {
  'running-out': { status: 'expired' },
  'two-tabs': { status: 'succeeded', meanwhile: 'use_code' },
  'slow-answer': { status: 'succeeded', meanwhile: 'use_code' },
  'slow-click': { status: 'succeeded' },
  'sms-over': { status: 'expired' },
  'reversed-paid': { status: 'succeeded' },
  'reversed-over': { status: 'expired' },
  'card-declined-slowly': { status: 'open' },
  'card-stepwise': { status: 'succeeded' },
  'card-settled-paid': { status: 'succeeded' },
  'card-settled-refused': { status: 'open' },
  'card-reversed': { status: 'open' },
  'settled-paid': { status: 'succeeded' },
  'settled-refused': { status: 'open' },
  'needs-review': { status: 'needs_review' },
  refunded: { status: 'refunded' },
  expired: { status: 'expired' },
  'transfer-expired': { status: 'expired' },
};

export const restOf = (state: string): Rest => rests[state] ?? {};
