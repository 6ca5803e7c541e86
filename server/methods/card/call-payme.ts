/** One call to Payme: counted, its fault told apart from an answer. The intent of a call that spends must be committed before. */
import type { PaymeAnswer, Refused } from '../../clients/payme/answers.ts';
import { UpstreamError, type UpstreamFault } from '../../clients/upstream-error.ts';
import type { Observer } from '../../payments/model/ports.ts';
import { isAlarm } from './problem-of.ts';

/** `fault`: only `not_sent` proves that nothing happened. */
export type Asked<Result> = { kind: 'ok'; result: Result } | Refused | { kind: 'fault'; fault: UpstreamFault };

export async function askPayme<Result>(
  observer: Observer,
  operation: string,
  call: () => Promise<PaymeAnswer<Result>>,
): Promise<Asked<Result>> {
  try {
    const answer = await call();
    observer.upstreamCall('payme', operation, answer.kind === 'ok' ? 'ok' : String(answer.code));
    if (answer.kind === 'refused' && isAlarm(answer)) {
      observer.failure('payme', new UpstreamError('http', { upstream: 'payme', method: operation, reason: String(answer.code) }));
    }
    return answer;
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    observer.upstreamCall('payme', operation, cause.fault);
    return { kind: 'fault', fault: cause.fault };
  }
}
