/** Pay codes, and codes by SMS: `/checkout/pay-code`, `/checkout/sms-code/start`, `/checkout/reversed-sms/start`, `/checkout/discount`. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { PaymentView, StartSms, SubmitPayCode } from '#contract';
import { submitOnce } from '../../payments/http/submit-once.ts';
import type { PayCodePaymentDeps } from './account.ts';
import { showCode } from './show-code.ts';
import { startSmsCode } from './sms-code.ts';
import { submitPayCode } from './submit-code.ts';

const tags = ['checkout'];
const response = { 200: PaymentView };

export const payCodeRoutes: FastifyPluginAsyncZod<PayCodePaymentDeps> = async (app, parts) => {
  const sms = { summary: 'Get a code by SMS', tags, body: StartSms, response };
  app.post('/checkout/sms-code/start', { schema: sms }, (request) =>
    submitOnce(parts, request, {
      route: 'sms-code/start',
      body: '',
      attempt: false,
      work: (payment) => startSmsCode(parts, payment, request.body?.acknowledge ?? false),
    }),
  );

  const reversed = { summary: 'Pay by sending a code by SMS', tags, body: StartSms, response };
  app.post('/checkout/reversed-sms/start', { schema: reversed }, (request) =>
    submitOnce(parts, request, {
      route: 'reversed-sms/start',
      body: '',
      attempt: true,
      work: (payment) => showCode(parts, payment, { ip: request.ip, acknowledge: request.body?.acknowledge ?? false }),
    }),
  );

  const discount = { summary: 'Take a discount off again, while its code is not used', tags, response };
  app.delete('/checkout/discount', { schema: discount }, (request) =>
    submitOnce(parts, request, {
      route: 'discount',
      body: '',
      attempt: false,
      work: ({ id }) => parts.payments.removeDiscount(id),
    }),
  );

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
