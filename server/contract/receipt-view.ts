/** Payme's receipts, as the merchant's server may list them. */
import * as z from 'zod/mini';

export const ReceiptView = z.object({
  id: z.string(),
  /** Payme's own number: 0 created, 4 paid, 21 being cancelled, 50 cancelled; others are on the way between. */
  state: z.int(),
  /** Minor units. */
  amount: z.int(),
  /** ISO 4217; null where Payme does not say. */
  currency: z.nullable(z.string()),
  description: z.string(),
  account: z.array(z.object({ name: z.string(), value: z.string() })),
  /** Masked, and without its expiry: the customer was told that the shop never sees that. */
  card: z.nullable(z.object({ number: z.string() })),
  createdAt: z.nullable(z.string()),
  paidAt: z.nullable(z.string()),
  canceledAt: z.nullable(z.string()),
});
export type ReceiptView = z.infer<typeof ReceiptView>;

/** `unreadable`: how many more there are that could not be read. */
export const ReceiptList = z.object({ receipts: z.array(ReceiptView), unreadable: z.int() });
export type ReceiptList = z.infer<typeof ReceiptList>;
