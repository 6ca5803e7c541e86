/** A receipt as this Payme keeps it. Amounts in tiyin, times in milliseconds since the epoch, 0 = not yet. */
import * as z from 'zod';
import type { Card } from './card.ts';

/** Payme's own numbers (payme.md §4): 4 = paid, 50 = cancelled, 5 = held, 21 = being cancelled, 20 = in the hands of an operator. */
export const ReceiptState = z.literal([0, 1, 2, 3, 4, 5, 6, 20, 21, 30, 50]);
export type ReceiptState = z.infer<typeof ReceiptState>;

export interface Receipt {
  id: string;
  /** The running number that the customer sees. */
  number: number;
  createTime: number;
  payTime: number;
  cancelTime: number;
  state: ReceiptState;
  amount: number;
  /** ISO 4217 number; 860 = UZS. */
  currency: number;
  description: string;
  detail: unknown;
  /** As it was sent. */
  account: Readonly<Record<string, unknown>>;
  /** It asked to be held before it is paid. */
  hold: boolean;
  /** The card of the payment that was accepted. */
  card: Card | null;
  payer: Readonly<Record<string, unknown>> | null;
  /** Somebody has asked for its cancellation. */
  canceled: boolean;
  fiscalData: Readonly<Record<string, unknown>> | null;
}
