/** One call to Payme: counted, its fault told apart from an answer. The intent of a call that spends must be committed before. */

import { type ProblemCode, paymeProblem } from '#contract';
import type { PaymeAnswer, PaymeRefusal } from '../../clients/payme/types.ts';
import { type TransportError, UpstreamError } from '../../clients/upstream-error.ts';
import type { Telemetry } from '../../payments/model/ports.ts';
import type { Refusal } from '../../payments/model/records.ts';

/** `fault`: only `not_sent` proves that nothing happened. */
export type PaymeCallResult<Result> = { kind: 'ok'; result: Result } | PaymeRefusal | { kind: 'fault'; fault: TransportError };

export async function callPayme<Result>(
  observer: Telemetry,
  operation: string,
  call: () => Promise<PaymeAnswer<Result>>,
): Promise<PaymeCallResult<Result>> {
  try {
    const answer = await call();
    observer.upstreamCall('payme', operation, answer.kind === 'ok' ? 'ok' : String(answer.code));
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

/** The form field at fault, by problem: the form marks it. */
const fieldAtFault: Partial<Record<ProblemCode, string>> = {
  card_number: 'number',
  card_expire: 'expire',
  sms_code_expired: 'code',
  sms_code_wrong: 'code',
};

/** @param unlisted The problem for a code that the shared table does not list. */
export function toProblem(
  { code, field: blamed }: Pick<PaymeRefusal, 'code' | 'field'>,
  unlisted: ProblemCode = 'card_declined',
): Refusal {
  const problem = paymeProblem(code, blamed, unlisted);
  const field = fieldAtFault[problem];
  return { code: problem, ...(field && { field }) };
}

/** Refusals of `receipts.pay` that say of the card that nothing was taken. Any other proves nothing before a reading. */
const declines: ReadonlySet<number> = new Set([
  -31300, -31301, -31303, -31400, -31630, -31700, -31900, -31901, -31611, -31612, -31613,
]);
export const isDecline = ({ code }: Pick<PaymeRefusal, 'code'>): boolean => declines.has(code);

/** It is our configuration that Payme refuses: somebody has to look. */
const alarms: ReadonlySet<number> = new Set([-31601, -32504, -32300, -32600, -32601, -32602, -32700]);
export const needsOperator = ({ code }: Pick<PaymeRefusal, 'code'>): boolean => alarms.has(code);

/** Payme does not know the token any more. */
export const isUnknownToken = ({ code }: Pick<PaymeRefusal, 'code'>): boolean => code === -31400 || code === -32500;
