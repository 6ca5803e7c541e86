/**
 * Slows guessing down for one payment: after five wrong codes it takes none for a quarter of an hour, after five more for half an hour, and so on.
 * Thirty tries of any kind within a quarter of an hour do the same, since each costs rows here and calls upstream. Counted in rows.
 */
import type { AttemptRecord, Refusal } from '../../payments/model/records.ts';
import { isWrongGuess } from './is-wrong-guess.ts';

const mostWrong = 5;
const mostTries = 30;
const windowMs = 15 * 60_000;
const longestMs = 24 * 3_600_000;

export function guessGuard(earlier: readonly AttemptRecord[], now: number): Refusal | null {
  const ended = earlier.filter(({ method, endedAt }) => method === 'pay_code' && endedAt !== null);
  const wrong = ended.filter(({ problem }) => problem && isWrongGuess(problem.code));
  const locks = Math.floor(wrong.length / mostWrong);
  const last = wrong[locks * mostWrong - 1]?.endedAt ?? null;
  const locked = last === null ? 0 : last + Math.min(windowMs * 2 ** (locks - 1), longestMs);
  const recent = ended.filter(({ endedAt }) => (endedAt ?? 0) > now - windowMs).at(-mostTries);
  const crowded = recent ? (recent.endedAt ?? now) + windowMs : 0;
  const until = Math.max(locked, crowded);
  return until > now ? { code: 'too_many_attempts', retryAt: new Date(until).toISOString() } : null;
}
