/** The public entry: defines `<pay-desk>` and gives its types. A second copy on a page keeps to the first. */
// First of all: what comes after imports Lit.
import './unclobber.ts';
import { define } from './parts/define.ts';
import { PayDesk } from './pay-desk.ts';

define('pay-desk', PayDesk);

export type { PaymentMethod, PaymentStatus, PaymentView, Problem, ProblemCode } from '#contract';
export type { DeskProblem } from './desk-problem.ts';
export type { DeskStatus } from './desk-status.ts';
export * from './events.ts';
export type { Translations } from './messages/language.ts';
export type { Messages } from './messages/messages.ts';
export type { SubmitResult } from './submit-result.ts';
export { PayDesk };
