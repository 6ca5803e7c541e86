/**
 * A problem that the caller must know of. A use case or a route throws it, and the error handler renders it. It carries
 * no secret.
 */
import type { PaymentView, ProblemCode } from '#contract';

export interface ProblemExtras {
  /** The field of the request that is wrong, as a dotted path. */
  field?: string | undefined;
  /** ISO 8601: when the caller may try again. Becomes the header `Retry-After`. */
  retryAt?: string | undefined;
  /** ISO 8601: the moment that the code is about. */
  at?: string | undefined;
  /** HTTP status, if it is not the usual one of the code. */
  status?: number | undefined;
  /** A sentence for a developer, never for a customer. */
  detail?: string | undefined;
  /** The batch of pay codes that the problem is about. */
  batch?: { id: string; count: number } | undefined;
  /** The payment's reference. Without one the error handler uses the id of the request. */
  reference?: string | undefined;
  /** The payment as it is now; set where a browser's POST is declined. */
  view?: PaymentView | undefined;
}

export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly extras: ProblemExtras;
  constructor(code: ProblemCode, extras: ProblemExtras = {}) {
    super(code);
    this.code = code;
    this.extras = extras;
  }
}
