/** Calls PayCodes about one code. Each call is counted in the metrics, and a fault of the service is a value here, not an exception. */
import type { GetCodeAnswer } from '../../clients/paycodes/answers.ts';
import { UpstreamError } from '../../clients/upstream-error.ts';
import type { PayCodeAccount, PayCodeDeps } from './account.ts';
import type { RuleMatch } from './codes.ts';

export type UseCodeResult =
  /** This call used the code. */
  | 'used'
  /** PayCodes answered that this call did not use the code. Somebody else may have, or an earlier call of ours. */
  | 'not_used'
  /** PayCodes answered with an error that proves that this call did not use the code. */
  | 'refused'
  /** The call never left this machine, so it has no effect. */
  | 'not_sent'
  /** The call was sent and has no readable answer: it may have used the code, or may still do so. */
  | 'lost';

/**
 * Sends `use_code` once. The intent of exactly this call must be committed before.
 * @param client The name under which PayCodes records the use.
 */
export async function callUseCode(
  { observer }: Pick<PayCodeDeps, 'observer'>,
  account: PayCodeAccount,
  { rule, code }: RuleMatch,
  client: string,
): Promise<UseCodeResult> {
  try {
    const answer = await account.client.useCode({ code, ruleSlug: rule.slug, client });
    observer.upstreamCall('paycodes', 'use_code', answer.kind === 'status' ? String(answer.used) : 'refused');
    if (answer.kind !== 'status') return 'refused';
    return answer.used ? 'used' : 'not_used';
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    observer.upstreamCall('paycodes', 'use_code', cause.fault);
    return cause.fault === 'not_sent' ? 'not_sent' : 'lost';
  }
}

/**
 * Reads a code. Answers null where PayCodes cannot be reached now or its answer cannot be read.
 * @param deadline Ends the call sooner than the account's own timeout.
 */
export async function getCode(
  { observer }: Pick<PayCodeDeps, 'observer'>,
  account: PayCodeAccount,
  { rule, code }: RuleMatch,
  deadline?: AbortSignal,
): Promise<GetCodeAnswer | null> {
  try {
    const answer = await account.client.getCode({ code, ruleSlug: rule.slug }, deadline);
    observer.upstreamCall('paycodes', 'get_code', answer.kind);
    return answer;
  } catch (cause) {
    if (!(cause instanceof UpstreamError)) throw cause;
    observer.upstreamCall('paycodes', 'get_code', cause.fault);
    return null;
  }
}
