/** What each problem is on HTTP. The titles are for developers; customers read the widget's own words. */
import type { ProblemCode } from '#contract';

export const problemTable: Readonly<Record<ProblemCode, { status: number; title: string }>> = {
  code_format: { status: 422, title: 'This cannot be a pay code' },
  code_invalid: { status: 422, title: 'The pay code is not valid' },
  code_used: { status: 409, title: 'The pay code has been used' },
  code_expired: { status: 410, title: 'The pay code has expired' },
  code_not_yet_valid: { status: 409, title: 'The pay code is not valid yet' },
  code_value_too_low: { status: 409, title: 'The pay code is worth less than is due' },
  code_value_too_high: { status: 409, title: 'The pay code is worth more than is due' },
  too_many_attempts: { status: 429, title: 'Too many attempts' },
  provider_unavailable: { status: 503, title: 'The payment service is not available' },
  payment_processing: { status: 409, title: 'An attempt to pay is being checked' },
  payment_expired: { status: 410, title: 'The time to pay is over' },
  method_unavailable: { status: 409, title: 'This way to pay is not offered here' },
  order_conflict: { status: 409, title: 'The order has a payment of other money' },
  idempotency_conflict: { status: 409, title: 'The Idempotency-Key cannot be used so' },
  unauthorized: { status: 401, title: 'A valid key is needed' },
  not_found: { status: 404, title: 'There is nothing here' },
  invalid_request: { status: 400, title: 'The request is not as it should be' },
  too_large: { status: 413, title: 'The request is too large' },
  busy: { status: 503, title: 'The server is busy' },
  internal: { status: 500, title: 'Something went wrong here' },
};
