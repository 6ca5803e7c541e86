/** The customer's routes: pay with a code, start one of the two ways to pay by SMS, and remove a discount. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { PaymentView, StartSms, SubmitPayCode } from '#contract';
import { submitOnce } from '../../payments/http/idempotency.ts';
import type { PayCodePaymentDeps } from './account.ts';
import { showCode } from './show-code.ts';
import { startSmsCode } from './sms-code.ts';
import { submitPayCode } from './submit-code.ts';

const tags = ['checkout'];
const response = { 200: PaymentView };

export const payCodeRoutes: FastifyPluginAsyncZod<PayCodePaymentDeps> = async (app, deps) => {
  const payCode = { summary: 'Pay with a code', tags, body: SubmitPayCode, response };
  app.post('/checkout/pay-code', { schema: payCode }, (request) => {
    const { code, acknowledge = false, acceptExcess = false, seen } = request.body;
    return submitOnce(deps, request, {
      route: 'pay-code',
      // With consent to lose the excess it is another request, so its fingerprint must differ.
      body: acceptExcess ? `${code} and no more` : code,
      attempt: true,
      work: (payment) => submitPayCode(deps, payment, code, { ip: request.ip, acknowledge, acceptExcess, seen }),
    });
  });

  const smsCode = { summary: 'Get a code by SMS', tags, body: StartSms, response };
  app.post('/checkout/sms-code/start', { schema: smsCode }, (request) =>
    submitOnce(deps, request, {
      route: 'sms-code/start',
      body: '',
      attempt: false,
      work: (payment) => startSmsCode(deps, payment, request.body?.acknowledge ?? false),
    }),
  );

  const shownCode = { summary: 'Pay by sending a code by SMS', tags, body: StartSms, response };
  app.post('/checkout/reversed-sms/start', { schema: shownCode }, (request) =>
    submitOnce(deps, request, {
      route: 'reversed-sms/start',
      body: '',
      attempt: true,
      work: (payment) => showCode(deps, payment, { ip: request.ip, acknowledge: request.body?.acknowledge ?? false }),
    }),
  );

  const discount = { summary: 'Take a discount off again, while its code is not used', tags, response };
  app.delete('/checkout/discount', { schema: discount }, (request) =>
    submitOnce(deps, request, {
      route: 'discount',
      body: '',
      attempt: false,
      work: ({ id }) => deps.payments.removeDiscount(id),
    }),
  );
};
