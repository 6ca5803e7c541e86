/** The newest attempt, as the customer may see it. */
import * as z from 'zod/mini';
import { PaymentMethod } from './payment-method.ts';
import { Transfer } from './transfer.ts';

/**
 * `watched`: the wallet does not know the transfer yet, and tells us when it does. `refunding`, `refunded`: it paid, and the money is
 * on its way back, or is back. `held`, `burned`: a discount code that is to be used with the rest of the payment, or has been.
 */
export const AttemptStatus = z.enum([
  'live',
  'processing',
  'paid',
  'refused',
  'watched',
  'abandoned',
  'review',
  'refunding',
  'refunded',
  'held',
  'burned',
]);
export type AttemptStatus = z.infer<typeof AttemptStatus>;

export const AttemptView = z.object({
  id: z.string(),
  method: PaymentMethod,
  status: AttemptStatus,
  /** ISO 8601. */
  startedAt: z.string(),
  endedAt: z.nullable(z.string()),
  /** The last signs of what was typed, for recognition only: four at the most, and never more than half of it. */
  tail: z.nullable(z.string()),
  /** What was typed, where it is no secret: a wallet's transaction number. */
  entered: z.nullable(z.string()),
  /** Where the customer was asked to transfer to; stays, so that it can be looked at again. */
  transfer: z.nullable(Transfer),
});
export type AttemptView = z.infer<typeof AttemptView>;
