/** Who asks: set by the authentication hooks before any route of `payments/` or `methods/` runs. */
import type { Merchant } from '../model/ports.ts';
import type { PaymentRecord } from '../model/records.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** On merchant routes. */
    merchant: Merchant;
    /** On browser routes: the payment that the client secret opens, as it was when the request came. */
    payment: PaymentRecord;
  }
}
