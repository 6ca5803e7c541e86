/** Why a call of the operator's API did not bring what was wanted, and one sentence about it for the operator. */
import type { Payment, ProblemDetails } from '#contract';

export type Failure =
  /** No answer: whether the server did what was wanted is not known. */
  | { kind: 'network' }
  /** The key is not known, or not any more. */
  | { kind: 'unauthorized' }
  /** The key may not do this. */
  | { kind: 'forbidden'; text: string }
  /** The payment has moved since it was read. `payment`: as it is now, if the answer says it. */
  | { kind: 'conflict'; payment: Payment | null; text: string }
  /** The server did not do it and says why. `field`: the wrong field, as a dotted path. */
  | { kind: 'refused'; code: string; text: string; field: string | null; reference: string | null }
  /** The server failed, so whether it did what was wanted is not known. */
  | { kind: 'trouble'; text: string; reference: string | null };

export class CallFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(textOf(failure));
    this.failure = failure;
  }
}

/** @param error What a call threw. */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof CallFailed) return error.failure;
  throw error;
};

/** Whether the server may have done what was wanted all the same. */
export const isOutcomeUnknown = ({ kind }: Failure): boolean => kind === 'network' || kind === 'trouble';

export function textOf(failure: Failure): string {
  switch (failure.kind) {
    case 'network':
      return 'No answer from the server. Check the connection; what is shown here may be old.';
    case 'unauthorized':
      return 'The key is not valid.';
    case 'forbidden':
    case 'conflict':
    case 'refused':
    case 'trouble':
      return failure.text;
  }
}

type Answer = Partial<Omit<ProblemDetails, 'code'>> & { code?: string; payment?: Payment };

/** @param answer The body of the answer, if it was JSON. */
export function readFailure(status: number, answer: Answer | null): Failure {
  const { code = 'unknown', detail, field = null, reference = null, payment = null } = answer ?? {};
  const text = sentence(detail ?? sentences[code] ?? `The server answered ${status} ${answer?.title ?? ''}`.trim());
  if (status === 401) return { kind: 'unauthorized' };
  if (status === 403) return { kind: 'forbidden', text: `Your key may not do this. ${text}` };
  if (status === 409 && code === 'version_conflict') return { kind: 'conflict', payment, text };
  if (status >= 500) return { kind: 'trouble', text: `The server could not answer. ${text}`, reference };
  return { kind: 'refused', code, text, field, reference };
}

/** For problems that come without a sentence of their own. */
const sentences: Record<string, string> = {
  not_found: 'There is nothing under this address. It may belong to a merchant that your key does not cover.',
  version_conflict: 'The payment has moved since you opened it, so nothing was done.',
  idempotency_conflict: 'The same click was sent with other values before. Close the form and begin again.',
  payment_processing: 'The payment is being processed at this moment. Try again when that has ended.',
  provider_unavailable: 'The payment service does not answer. Nothing was done; try again later.',
  refund_unsupported: 'This payment service does not return money through us. Return it by hand and record it.',
  busy: 'The server is busy. Try again in a few seconds.',
  invalid_request: 'The server does not accept these values.',
};

const sentence = (text: string): string => {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
};
