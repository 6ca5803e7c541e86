/** The newest attempt, as the customer may see it. */
import * as z from 'zod/mini';
import { PaymentMethod } from './payment-method.ts';

export const AttemptStatus = z.enum(['live', 'processing', 'paid', 'refused', 'abandoned', 'review']);
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
});
export type AttemptView = z.infer<typeof AttemptView>;
