/** What authentication leaves on a request. Routes read it; nobody else writes it. */
import type { Merchant } from '../payments/ports.ts';
import type { PaymentRecord } from '../payments/records.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `merchantOnly`: whose API key this is. */
    merchant: Merchant;
    /** Set by `customerOnly`: the payment this client secret opens. */
    payment: PaymentRecord;
  }
}
