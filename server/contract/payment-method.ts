/** The ways a customer can pay. */
import * as z from 'zod/mini';

export const PaymentMethod = z.enum(['pay_code', 'wallet', 'card']);
export type PaymentMethod = z.infer<typeof PaymentMethod>;
