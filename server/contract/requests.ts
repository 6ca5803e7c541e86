/** Bodies of the browser routes. Strict: an unknown field is an error, and no route takes an amount. */
import * as z from 'zod/mini';

/** `POST /checkout/pay-code`. The code as typed: spaces, case and foreign look-alikes are the server's to normalise. */
export const SubmitPayCode = z.strictObject({ code: z.string().check(z.minLength(1), z.maxLength(128)) });
export type SubmitPayCode = z.infer<typeof SubmitPayCode>;

/** `GET /checkout`: `since` a version already seen, `wait` seconds to hold the answer while nothing is newer. */
export const ReadCheckout = z.strictObject({
  since: z.optional(z.coerce.number().check(z.int(), z.gte(0))),
  wait: z.optional(z.coerce.number().check(z.int(), z.gte(0), z.lte(20))),
});
export type ReadCheckout = z.infer<typeof ReadCheckout>;

/** A browser POST that says all by its route: `{}`, or no body at all. */
export const Empty = z.nullish(z.strictObject({}));

/** `POST /checkout/link`: the query of a signed link as it stands in the address, without the `?`. */
export const OpenLink = z.strictObject({ query: z.string().check(z.minLength(1), z.maxLength(8192)) });
export type OpenLink = z.infer<typeof OpenLink>;

export const OpenedLink = z.object({ clientSecret: z.string() });
export type OpenedLink = z.infer<typeof OpenedLink>;
