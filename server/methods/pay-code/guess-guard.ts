/** Slows guessing down: five wrong codes within a quarter of an hour, and the payment takes none for as long. Counted in rows. */
import type { ProblemCode } from '#contract';
import type { AttemptRecord, Refusal } from '../../payments/records.ts';

const most = 5;
const windowMs = 15 * 60_000;
const counted: ReadonlySet<ProblemCode> = new Set(['code_invalid', 'code_used', 'code_expired', 'code_not_yet_valid']);

export function guessGuard(earlier: readonly AttemptRecord[], now: number): Refusal | null {
  const wrong = earlier
    .filter(({ method, problem, endedAt }) => method === 'pay_code' && problem && endedAt !== null && counted.has(problem.code))
    .map(({ endedAt }) => endedAt ?? 0)
    .filter((endedAt) => endedAt > now - windowMs);
  if (wrong.length < most) return null;
  const retryAt = new Date((wrong.at(-most) ?? now) + windowMs).toISOString();
  return { code: 'too_many_attempts', retryAt };
}
