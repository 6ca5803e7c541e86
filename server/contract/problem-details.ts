/** An error on HTTP: RFC 9457 `application/problem+json`. A refusal of a browser POST also carries the fresh view. */
import * as z from 'zod/mini';
import { PaymentView } from './payment-view.ts';
import { Problem } from './problem.ts';

export const ProblemDetails = z.extend(Problem, {
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.optional(z.string()),
  /** Of `outcome_unknown` and `codes_erased`: the pay codes in question, and how many they are; asked for, where nobody knows how many were made. */
  batch: z.optional(z.object({ id: z.string(), count: z.int() })),
  view: z.optional(PaymentView),
});
export type ProblemDetails = z.infer<typeof ProblemDetails>;
