/** What the authentication hooks add to a request before any route of `payments/` or `methods/` runs. */
import type { Merchant } from '../model/ports.ts';
import type { PaymentRecord } from '../model/records.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** On merchant routes: whose API key it is. */
    merchant: Merchant;
    /** On browser routes: the payment that the client secret belongs to, as it was when the request came. */
    payment: PaymentRecord;
  }
}
