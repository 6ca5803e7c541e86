/** Why a code cannot be used now, or undefined if it can. */
import type { CodeRecord } from './code-record.ts';
import type { RuleRecord } from './rule-record.ts';

export function unusableReason(code: CodeRecord, rule: RuleRecord, now: number): string | undefined {
  if (code.useTime !== null) return 'used';
  if (!rule.is_active) return 'rule_inactive';
  if (!code.isActive) return 'inactive';
  if (code.startTime !== null && now < code.startTime) return 'not_yet_valid';
  if (code.endTime !== null && now >= code.endTime) return 'expired';
  return undefined;
}
