/** The public entry: defines `<pay-desk>` and exports its types. A second copy on a page uses the first. */
// It must come first, because everything after it imports Lit.
import './element/clobbered-globals.ts';
import { PayDesk } from './element/pay-desk.ts';
import { define } from './parts/elements.ts';

define('pay-desk', PayDesk);

export type { DeskProblem, DeskStatus, PaymentMethod, PaymentStatus, PaymentView, Problem, ProblemCode } from '#contract';
export type { SubmitResult } from './element/properties.ts';
export * from './events.ts';
export type { Translations } from './messages/language.ts';
export type { Messages } from './messages/messages.ts';
export { PayDesk };
