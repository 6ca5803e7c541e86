/** The last a page knew of a payment. A hint, as every event is: what counts is the webhook. */
import type { PaymentMethod } from '#contract';
import type { DeskStatus } from '../../events.ts';

export interface PaymentResult {
  /** `processing`, for instance, where the customer closed the window while the outcome was being found out. */
  status: DeskStatus;
  method: PaymentMethod | null;
  /** Null, like all below, where the payment was never shown. */
  paymentId: string | null;
  orderId: string | null;
  /** Minor units of `currency`. */
  amount: number | null;
  amountPaid: number | null;
  /** ISO 4217. */
  currency: string | null;
  /** The money came after the payment was canceled or had expired. */
  late: boolean;
  /** Where the customer wants to go who left the dialog by "back to the shop": the address that the payment was given for this. */
  returnUrl: string | null;
}
