/** A problem as the widget knows it: one of the contract's, or `network` when no answer came at all. Times are ISO 8601. */
import type { Problem, ProblemCode } from '#contract';

export type DeskProblem = { [Key in keyof Omit<Problem, 'code'>]: Problem[Key] | undefined } & {
  code: ProblemCode | 'network';
  ref: string;
};
