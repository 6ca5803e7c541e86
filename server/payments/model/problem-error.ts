/** A refusal on its way to the caller: thrown in a use case or a route, rendered once, by the error handler. Carries no secret. */
import type { PaymentView, ProblemCode } from '#contract';

export interface ProblemExtras {
  /** The field of the request that is at fault, as a dotted path. */
  field?: string | undefined;
  /** ISO 8601; becomes `Retry-After`. */
  retryAt?: string | undefined;
  /** ISO 8601: the moment the code speaks of. */
  at?: string | undefined;
  /** HTTP status, where it is not the usual one of the code. */
  status?: number | undefined;
  /** A sentence for a developer, never for a customer. */
  detail?: string | undefined;
  /** The pay codes that it is about. */
  batch?: { id: string; count: number } | undefined;
  /** The payment's reference, where there is one; else the request's id is told. */
  ref?: string | undefined;
  /** The fresh view, on a refusal of a browser POST. */
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
