/** What a guesser hears: counted against them, and answered no sooner than a fixed time. */
import type { ProblemCode } from '#contract';

const wrong: ReadonlySet<ProblemCode> = new Set(['code_invalid', 'code_used', 'code_expired', 'code_not_yet_valid']);

export const isWrongGuess = (code: ProblemCode): boolean => wrong.has(code);
