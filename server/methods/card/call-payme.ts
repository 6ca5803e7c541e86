/** One call to Payme, and what its declines mean. */
import { isPaymeCode, type ProblemCode, paymeProblem } from '#contract';
import { type TransportError, UpstreamError } from '../../clients/http.ts';
import type { PaymeAnswer, PaymeRefusal } from '../../clients/payme/types.ts';
import type { Telemetry } from '../../payments/model/ports.ts';
import type { Decline } from '../../payments/model/records.ts';

/** `fault`: no usable answer. Only the fault `not_sent` proves that nothing happened at Payme. */
export type PaymeCallResult<Result> = { kind: 'ok'; result: Result } | PaymeRefusal | { kind: 'fault'; fault: TransportError };

/**
 * Makes the call, counts it in the metrics and returns a broken service as a value. The intent of a call that spends, sends an
 * SMS or uses up a code must be recorded before. Throws only for a bug of ours.
 * @param operation Payme's name of the method, e.g. `receipts.pay`.
 */
export async function callPayme<Result>(
  observer: Telemetry,
  operation: string,
  call: () => Promise<PaymeAnswer<Result>>,
): Promise<PaymeCallResult<Result>> {
  try {
    const answer = await call();
    observer.upstreamCall('payme', operation, answer.kind === 'ok' ? 'ok' : outcomeOf(answer));
    if (answer.kind === 'refused' && needsOperator(answer)) {
      observer.failure('payme', new UpstreamError('http', { upstream: 'payme', method: operation, reason: String(answer.code) }));
    }
    return answer;
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    observer.upstreamCall('payme', operation, cause.fault);
    return { kind: 'fault', fault: cause.fault };
  }
}

/** A label of the metrics, so it is from a closed list: whatever number Payme invents, there are no more series. */
const outcomeOf = ({ code }: Pick<PaymeRefusal, 'code'>): string => (isPaymeCode(code) ? String(code) : 'other_refusal');

/**
 * What the customer reads of a decline, and the form field to correct.
 * @param unlisted The problem for a code that is not in the table of Payme's codes.
 */
export function toProblem(
  { code, field: blamed }: Pick<PaymeRefusal, 'code' | 'field'>,
  unlisted: ProblemCode = 'card_declined',
): Decline {
  const problem = paymeProblem(code, blamed, unlisted);
  const field = fieldAtFault[problem];
  return { code: problem, ...(field && { field }) };
}

const fieldAtFault: Partial<Record<ProblemCode, string>> = {
  card_number: 'number',
  card_expiry: 'expire',
  sms_code_expired: 'code',
  sms_code_wrong: 'code',
};

/**
 * Refusals of `receipts.pay` which prove that nothing was taken from the card. Any other decline proves nothing until the receipt
 * is read.
 */
const declines: ReadonlySet<number> = new Set([
  -31300, -31301, -31303, -31400, -31630, -31700, -31900, -31901, -31611, -31612, -31613,
]);
export const isDecline = ({ code }: Pick<PaymeRefusal, 'code'>): boolean => declines.has(code);

/** Refusals of our own configuration or requests, which a person has to correct. */
const configurationErrors: ReadonlySet<number> = new Set([-31601, -32504, -32300, -32600, -32601, -32602, -32700]);
export const needsOperator = ({ code }: Pick<PaymeRefusal, 'code'>): boolean => configurationErrors.has(code);

/** Payme no longer knows the token. */
export const isUnknownToken = ({ code }: Pick<PaymeRefusal, 'code'>): boolean => code === -31400 || code === -32500;
