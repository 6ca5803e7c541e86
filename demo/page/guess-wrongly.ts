/** Types wrong codes until the payment takes no more for a while: by hand that would be ten clicks. */

/** As many as PayCodes may be asked in vain for one payment. */
const most = 5;

/** @param clientSecret The bearer of the payment on show. Settles when each guess was answered. */
export async function guessWrongly(bffUrl: string, clientSecret: string): Promise<void> {
  // One after the other: a payment takes one attempt at a time.
  for (let guess = 1; guess <= most; guess += 1) {
    await fetch(`${bffUrl}/checkout/pay-code`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${clientSecret}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify({ code: `GUESS00${guess}` }),
    });
  }
}
