/**
 * Slows guessing down: five wrong codes within a quarter of an hour, and the payment takes none for as long. Thirty tries of
 * any kind do the same, since each costs rows here and calls upstream. Counted in rows.
 */
import type { ProblemCode } from '#contract';
import type { AttemptRecord, Refusal } from '../../payments/records.ts';

const mostWrong = 5;
const mostTries = 30;
const windowMs = 15 * 60_000;
const counted: ReadonlySet<ProblemCode> = new Set(['code_invalid', 'code_used', 'code_expired', 'code_not_yet_valid']);

export function guessGuard(earlier: readonly AttemptRecord[], now: number): Refusal | null {
  const recent = earlier.filter(({ method, endedAt }) => method === 'pay_code' && (endedAt ?? 0) > now - windowMs);
  const wrong = recent.filter(({ problem }) => problem && counted.has(problem.code));
  const first = wrong.at(-mostWrong) ?? recent.at(-mostTries);
  if (!first) return null;
  return { code: 'too_many_attempts', retryAt: new Date((first.endedAt ?? now) + windowMs).toISOString() };
}
