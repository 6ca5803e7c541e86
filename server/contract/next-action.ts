/** What the customer has to do now. The widget draws this and nothing else. */
import * as z from 'zod/mini';

/** Type a pay code. `alphabet` and `length` are told only where the merchant's rules make them certain. */
export const EnterCode = z.object({
  kind: z.literal('enter_code'),
  alphabet: z.optional(z.string()),
  length: z.optional(z.int()),
});

/** Several methods: one entry action for each method of the view, in the same order. */
export const Choose = z.object({ kind: z.literal('choose'), options: z.array(z.discriminatedUnion('kind', [EnterCode])) });

/** `checking`: a call is in flight · `unknown_outcome`: its answer was lost, we are finding out · `review`: a person looks at it. */
export const WaitReason = z.enum(['checking', 'unknown_outcome', 'review']);
export type WaitReason = z.infer<typeof WaitReason>;

export const Wait = z.object({ kind: z.literal('wait'), reason: WaitReason, since: z.string() });
export const Nothing = z.object({ kind: z.literal('none') });

export const NextAction = z.discriminatedUnion('kind', [Choose, EnterCode, Wait, Nothing]);
export type NextAction = z.infer<typeof NextAction>;
export type EnterCode = z.infer<typeof EnterCode>;
