/** Bodies of the browser routes. They are strict: an unknown field is an error. No route takes an amount. */
import * as z from 'zod/mini';
import { atLeast, atMost } from './payment-basics.ts';

/** What the customer saw that they pay. It is a condition and never an amount to charge: if another sum is due by now, nothing is paid. */
const seen = z.optional(z.strictObject({ due: z.int().check(z.gte(0)), currency: z.string().check(z.regex(/^[A-Z]{3}$/)) }));
export type SeenAmount = z.infer<typeof seen>;

/** `POST /checkout/pay-code`. The code as typed, or the whole SMS; the server normalises spaces, case and look-alikes. */
export const SubmitPayCode = z.strictObject({
  code: z.string().check(atLeast(1), atMost(1000)),
  /** The customer has agreed to lose what the code is worth beyond the amount due. */
  acceptExcess: z.optional(z.boolean()),
  /** The customer knows that a transfer is still being looked for, and pays anyway. */
  acknowledge: z.optional(z.boolean()),
  seen,
});
export type SubmitPayCode = z.infer<typeof SubmitPayCode>;

/** `POST /checkout/sms-code/start`, `/checkout/reversed-sms/start`. `acknowledge` as above. */
export const StartSms = z.nullish(z.strictObject({ acknowledge: z.optional(z.boolean()) }));
export type StartSms = z.infer<typeof StartSms>;

/** `POST /checkout/wallet`: requests the account to transfer to. `acknowledge` as above. */
export const ChooseWalletRequest = z.strictObject({
  walletType: z.string().check(z.regex(/^\w{1,40}$/)),
  acknowledge: z.optional(z.boolean()),
});
export type ChooseWalletRequest = z.infer<typeof ChooseWalletRequest>;

/** `POST /checkout/wallet/transaction`. The number as typed, or the whole SMS it came in. */
export const SubmitTransfer = z.strictObject({ transactionNumber: z.string().check(atLeast(1), atMost(1000)) });
export type SubmitTransfer = z.infer<typeof SubmitTransfer>;

/** `POST /checkout/card`. Everything as typed; the server reads spaces, separators and digits of other scripts. */
export const SubmitCard = z.strictObject({
  number: z.string().check(atLeast(1), atMost(40)),
  /** MM/YY, with or without a separator. */
  expire: z.string().check(atLeast(1), atMost(20)),
  /** The customer wants the card to be saved with this merchant. */
  save: z.optional(z.boolean()),
  /** The payer's phone, where it is required. */
  phone: z.optional(z.string().check(atMost(40))),
  acknowledge: z.optional(z.boolean()),
  seen,
});
export type SubmitCard = z.infer<typeof SubmitCard>;

/** `POST /checkout/card/code`: the code of the SMS, or the whole SMS. */
export const SubmitCardCode = z.strictObject({ code: z.string().check(atLeast(1), atMost(1000)) });
export type SubmitCardCode = z.infer<typeof SubmitCardCode>;

/** `POST /checkout/card/saved`. */
export const SubmitSavedCard = z.strictObject({
  cardId: z.string().check(z.regex(/^\w{1,64}$/)),
  phone: z.optional(z.string().check(atMost(40))),
  acknowledge: z.optional(z.boolean()),
  seen,
});
export type SubmitSavedCard = z.infer<typeof SubmitSavedCard>;

/** `POST /checkout/card/token`: a card that the frame has verified at Payme itself. */
export const SubmitCardToken = z.strictObject({
  token: z.string().check(atLeast(1), atMost(2048)),
  save: z.optional(z.boolean()),
  phone: z.optional(z.string().check(atMost(40))),
  acknowledge: z.optional(z.boolean()),
  seen,
});
export type SubmitCardToken = z.infer<typeof SubmitCardToken>;

/** `GET /checkout`. `since`: a version already seen. `wait`: for how many seconds to delay the answer while nothing is newer. */
export const ReadCheckout = z.strictObject({
  since: z.optional(z.coerce.number().check(z.int(), z.gte(0))),
  wait: z.optional(z.coerce.number().check(z.int(), z.gte(0), z.lte(20))),
});
export type ReadCheckout = z.infer<typeof ReadCheckout>;

/** A browser POST without parameters: `{}`, or no body at all. */
export const Empty = z.nullish(z.strictObject({}));

/** `POST /checkout/link`: the query of a signed link exactly as in the address, without the `?`. */
export const OpenLink = z.strictObject({ query: z.string().check(atLeast(1), atMost(8192)) });
export type OpenLink = z.infer<typeof OpenLink>;

export const OpenedLink = z.object({ clientSecret: z.string() });
export type OpenedLink = z.infer<typeof OpenedLink>;
