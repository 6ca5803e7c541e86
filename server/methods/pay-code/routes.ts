/** `POST /checkout/pay-code`. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { PaymentView, SubmitPayCode } from '#contract';
import { type CheckoutParts, submitOnce } from '../../payments/submit-once.ts';
import { type SubmitParts, submitPayCode } from './submit-pay-code.ts';

export const payCodeRoutes: FastifyPluginAsyncZod<SubmitParts & CheckoutParts> = async (app, parts) => {
  const schema = { summary: 'Pay with a code', tags: ['checkout'], body: SubmitPayCode, response: { 200: PaymentView } };
  app.post('/checkout/pay-code', { schema }, (request) => {
    const { code, acknowledge = false, acceptExcess = false } = request.body;
    return submitOnce(parts, request, {
      route: 'pay-code',
      body: acceptExcess ? `${code} and no more` : code,
      attempt: true,
      work: (payment) => submitPayCode(parts, payment, code, { ip: request.ip, acknowledge, acceptExcess }),
    });
  });
};
