/**
 * The state of a pay code, from what `get_code` answered and the present time; the first test that holds decides.
 * Whether its value fits the payment is not asked here: that is the method's to know. Source: paycodes.md §3.4.
 */
import type { GetCodeAnswer } from './answers.ts';

export type CodeState = 'not_found' | 'used' | 'rule_inactive' | 'inactive' | 'not_yet_valid' | 'expired' | 'usable';

/** @param now milliseconds since the epoch, by our own clock */
export function codeState(answer: GetCodeAnswer, now: number): CodeState {
  if (answer.kind !== 'found') return 'not_found';
  const { code, rule } = answer;
  // By use_time alone: whether using also clears is_active is unsaid, so is_active must not hide a use.
  if (code.useTime !== null) return 'used';
  if (rule.isActive === false) return 'rule_inactive';
  if (code.isActive === false) return 'inactive';
  if (code.startTime && code.startTime.getTime() > now) return 'not_yet_valid';
  if (code.endTime && code.endTime.getTime() <= now) return 'expired';
  return 'usable';
}
