/** Where the customer goes when the payment is over, by how it ended. Absolute http(s) URLs. */
import * as z from 'zod/mini';

export const ReturnUrls = z.strictObject({
  success: z.optional(z.url()),
  fail: z.optional(z.url()),
  pending: z.optional(z.url()),
});
export type ReturnUrls = z.infer<typeof ReturnUrls>;
