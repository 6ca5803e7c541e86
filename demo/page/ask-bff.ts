/** A customer's browser at the BFF's own routes, for what cannot be clicked from here: ten clicks at once, or a form in another origin's frame. */
import type { PaymentView } from '#contract';

/** The payment that a client secret opens. */
export interface OpenPayment {
  bffUrl: string;
  clientSecret: string;
}

/** @param body Of a POST; without one the payment is read. @returns What it is afterwards, whether the answer was a problem or not. */
export async function askBff({ bffUrl, clientSecret }: OpenPayment, path = '', body?: object): Promise<PaymentView> {
  const headers = { authorization: `Bearer ${clientSecret}` };
  const response = await fetch(`${bffUrl}/checkout${path}`, {
    headers,
    ...(body && {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify(body),
    }),
  });
  const said: PaymentView | { view?: PaymentView } = await response.json();
  const view = 'status' in said && 'nextAction' in said ? said : (said as { view?: PaymentView }).view;
  if (!view) throw new Error(`Pay Desk answered ${response.status}`);
  return view;
}
