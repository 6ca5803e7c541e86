/** One call to Payme: counted, its fault told apart from an answer. The intent of a call that spends must be committed before. */

import type { ProblemCode } from '#contract';
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

/**
 * Payme's error codes as problems of ours: a closed list, by the step they answer. Three causes share −31301 and four −31300, and the text
 * that tells them apart is never read: the words for a customer name them all. Source: payme.md §6.2.
 */
const problems: Readonly<Record<number, Refusal>> = {
  // The card.
  [-31300]: { code: 'card_number', field: 'number' },
  [-31301]: { code: 'card_sms_off' },
  [-31303]: { code: 'insufficient_funds' },
  [-31400]: { code: 'card_declined' },
  [-31151]: { code: 'card_declined' },
  [-31630]: { code: 'card_declined' },
  [-31700]: { code: 'card_declined' },
  [-31900]: { code: 'card_declined' },
  [-31901]: { code: 'card_declined' },
  [-32500]: { code: 'card_declined' },
  // The SMS code.
  [-31101]: { code: 'sms_code_expired', field: 'code' },
  [-31201]: { code: 'sms_code_expired', field: 'code' },
  [-31102]: { code: 'sms_code_expired', field: 'code' },
  [-31103]: { code: 'sms_code_wrong', field: 'code' },
  [-31200]: { code: 'sms_code_wrong', field: 'code' },
  [-31110]: { code: 'sms_not_sent' },
  // The order: Payme, or the merchant's cashbox, does not take it.
  [-31001]: { code: 'method_unavailable' },
  [-31003]: { code: 'method_unavailable' },
  [-31007]: { code: 'method_unavailable' },
  [-31008]: { code: 'method_unavailable' },
  [-31610]: { code: 'method_unavailable' },
  [-31611]: { code: 'method_unavailable' },
  [-31612]: { code: 'method_unavailable' },
  [-31613]: { code: 'method_unavailable' },
  [-31800]: { code: 'method_unavailable' },
  // The receipt is not there, or is paid already: only a reading tells which.
  [-31401]: { code: 'provider_unavailable' },
  [-31402]: { code: 'provider_unavailable' },
  [-31403]: { code: 'provider_unavailable' },
  [-31602]: { code: 'provider_unavailable' },
  // Payme, the processing centre, the merchant's billing, or our own way of asking.
  [-31002]: { code: 'provider_unavailable' },
  [-31302]: { code: 'provider_unavailable' },
  [-31601]: { code: 'provider_unavailable' },
  [-31622]: { code: 'provider_unavailable' },
  [-31623]: { code: 'provider_unavailable' },
  [-32300]: { code: 'provider_unavailable' },
  [-32400]: { code: 'provider_unavailable' },
  [-32504]: { code: 'provider_unavailable' },
  [-32600]: { code: 'provider_unavailable' },
  [-32601]: { code: 'provider_unavailable' },
  [-32602]: { code: 'provider_unavailable' },
  [-32700]: { code: 'provider_unavailable' },
};

/** `unknown`: for a code that is on no list. */
export function toProblem(
  { code, field }: Pick<PaymeRefusal, 'code' | 'field'>,
  unknown: ProblemCode = 'card_declined',
): Refusal {
  // An account field that the merchant's billing refused.
  if (code <= -31050 && code >= -31099) return { code: 'method_unavailable' };
  // One number for a bad number and a bad expiry; where Payme names the field, that is the one.
  if (code === -31300 && field === 'expire') return { code: 'card_expire', field: 'expire' };
  return problems[code] ?? { code: unknown };
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
