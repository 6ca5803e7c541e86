/** A link to a payment that an operator makes, for an order that was taken by phone: `POST /operate/links`. */
import * as z from 'zod/mini';
import { CreatePayment } from './merchant-api.ts';

const { orderId, label, amount, currency, expiresIn } = CreatePayment.shape;

/** `amount`: minor units, and whole units of the currency, because links have no fractions. `expiresIn`: seconds; a day if absent. */
export const MakeLink = z.strictObject({
  merchant: z.string().check(z.regex(/^[a-z0-9][a-z0-9_-]{0,39}$/)),
  orderId,
  label,
  amount,
  currency,
  expiresIn,
});
export type MakeLink = z.infer<typeof MakeLink>;

/** Whoever has the link can open the payment. It opens until `expiresAt`, ISO 8601. */
export const MadeLink = z.object({ link: z.string(), expiresAt: z.string() });
export type MadeLink = z.infer<typeof MadeLink>;
