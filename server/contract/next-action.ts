/** What the customer has to do now. The widget draws this and nothing else. */
import * as z from 'zod/mini';
import { Transfer } from './transfer.ts';

/** Type a pay code. `alphabet` and `length` are told only where the merchant's rules make them certain. */
export const EnterCode = z.object({
  kind: z.literal('enter_code'),
  alphabet: z.optional(z.string()),
  length: z.optional(z.int()),
});

/** Choose where to transfer to. None: no wallet takes transfers now. `fixed`: the merchant chose, there is no other. */
export const ChooseWallet = z.object({
  kind: z.literal('choose_wallet'),
  wallets: z.array(z.object({ walletType: z.string(), name: z.string(), screenshot: z.boolean() })),
  fixed: z.optional(z.boolean()),
});

export const EntryAction = z.discriminatedUnion('kind', [EnterCode, ChooseWallet]);

/** Several methods: one entry action for each method of the view, in the same order. */
export const Choose = z.object({ kind: z.literal('choose'), options: z.array(EntryAction) });

/**
 * A transfer the customer told of is still being looked for: paying another way might pay twice. To go on all the same, send
 * `acknowledge: true`. `options` as in `choose`.
 */
export const Confirm = z.object({
  kind: z.literal('confirm'),
  what: z.enum(['second_payment']),
  options: z.array(EntryAction),
});

/**
 * `checking`: a call is in flight · `unknown_outcome`: its answer was lost, we are finding out · `review`: a person looks at
 * it · `transfer_pending`: the wallet's operator checks the transfer · `transfer_accepted`: it was found, and is not credited yet.
 */
export const WaitReason = z.enum(['checking', 'unknown_outcome', 'review', 'transfer_pending', 'transfer_accepted']);
export type WaitReason = z.infer<typeof WaitReason>;

export const Wait = z.object({ kind: z.literal('wait'), reason: WaitReason, since: z.string() });
export const Nothing = z.object({ kind: z.literal('none') });

export const NextAction = z.discriminatedUnion('kind', [Choose, Confirm, EnterCode, ChooseWallet, Transfer, Wait, Nothing]);
export type NextAction = z.infer<typeof NextAction>;
export type EntryAction = z.infer<typeof EntryAction>;
export type EnterCode = z.infer<typeof EnterCode>;
export type ChooseWallet = z.infer<typeof ChooseWallet>;
