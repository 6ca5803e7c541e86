/** Types wrong codes until the payment takes no more for a while: by hand that would be ten clicks. */
import { askBff, type OpenPayment } from './ask-bff.ts';

/** As many as PayCodes may be asked in vain for one payment. */
const most = 5;

/** Settles when each guess was answered. */
export async function guessWrongly(payment: OpenPayment): Promise<void> {
  // One after the other: a payment takes one attempt at a time.
  for (let guess = 1; guess <= most; guess += 1) await askBff(payment, '/pay-code', { code: `GUESS00${guess}` });
}
