/** What a customer must know to transfer to the merchant's wallet, and to say afterwards that it was done. */
import * as z from 'zod/mini';

/** One row to copy. `wallet_number`, `upi_id` and `account_name` have the widget's own captions; any other key brings its own. */
export const Requisite = z.object({ key: z.string(), caption: z.optional(z.string()), value: z.string() });
export type Requisite = z.infer<typeof Requisite>;

/** How the wallet's transaction number looks. `pattern`: a regular expression for the whole of it, where it is known. */
export const TransferNumber = z.object({
  maxLength: z.int(),
  inputMode: z.enum(['numeric', 'text']),
  pattern: z.optional(z.string()),
});
export type TransferNumber = z.infer<typeof TransferNumber>;

export const Transfer = z.object({
  kind: z.literal('transfer'),
  walletType: z.string(),
  /** As the wallet calls itself. */
  walletName: z.string(),
  /** Minor units of the payment's currency. */
  amount: z.int(),
  requisites: z.array(Requisite),
  /** What to choose in the wallet app, where it has more than one kind of transfer. */
  how: z.optional(z.enum(['cash_out', 'send_money', 'make_payment'])),
  /** The wallet compares: exactly this amount must be transferred. */
  exactAmount: z.boolean(),
  number: TransferNumber,
  /** A picture of the finished transfer is needed too. */
  screenshot: z.boolean(),
});
export type Transfer = z.infer<typeof Transfer>;
