/**
 * `/checkout/card…`. `body` is what a repeated request is compared by. Only a keyed hash of it is stored, and still it never
 * contains a whole card number, an SMS code or a token; those are `secret`.
 */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import * as z from 'zod';
import { Empty, PaymentView, SubmitCard, SubmitCardCode, SubmitCardToken, SubmitSavedCard } from '#contract';
import { assertOpen } from '../../payments/attempts/admission.ts';
import { submitOnce } from '../../payments/http/idempotency.ts';
import { ProblemError } from '../../payments/model/errors.ts';
import { type CardPaymentDeps, requireAccount } from './account.ts';
import { removeCard, savedCard } from './saved-cards.ts';
import { resendSmsCode, submitCardCode } from './sms-confirmation.ts';
import { submitCard, submitCardToken, submitSavedCard } from './start-card.ts';

const tags = ['checkout'];
const response = { 200: PaymentView };
const CardId = z.strictObject({
  id: z
    .string()
    .regex(/^\w{1,64}$/)
    .meta({ description: 'The id of a saved card, `card_…`.', examples: ['card_1d4f7q4k19tz3m8c5x0v2b6nga'] }),
});

export const cardRoutes: FastifyPluginAsyncZod<CardPaymentDeps> = async (app, deps) => {
  const newCard = { summary: 'Tell a card; an SMS code follows', tags, body: SubmitCard, response };
  app.post('/checkout/card', { schema: newCard }, (request) => {
    const { body, ip } = request;
    return submitOnce(deps, request, {
      route: 'card',
      body: lastDigits(body.number),
      secret: body,
      attempt: true,
      work: (payment) => submitCard(deps, payment, body, ip),
    });
  });

  const code = { summary: 'The code of the SMS; pays', tags, body: SubmitCardCode, response };
  app.post('/checkout/card/code', { schema: code }, (request) =>
    submitOnce(deps, request, {
      route: 'card/code',
      body: '',
      secret: request.body,
      attempt: true,
      work: (payment) => submitCardCode(deps, payment, request.body.code),
    }),
  );

  const resend = { summary: 'Another SMS; the code before is void', tags, body: Empty, response };
  app.post('/checkout/card/resend', { schema: resend }, (request) =>
    submitOnce(deps, request, {
      route: 'card/resend',
      body: '',
      attempt: true,
      work: (payment) => resendSmsCode(deps, payment, request.ip),
    }),
  );

  const saved = { summary: 'Pay with a saved card', tags, body: SubmitSavedCard, response };
  app.post('/checkout/card/saved', { schema: saved }, (request) =>
    submitOnce(deps, request, {
      route: 'card/saved',
      body: request.body.cardId,
      secret: request.body,
      attempt: true,
      work: (payment) => submitSavedCard(deps, payment, request.body, request.ip),
    }),
  );

  const forget = { summary: 'Remove a saved card', tags, params: CardId, response };
  app.delete('/checkout/card/saved/:id', { schema: forget }, (request) =>
    submitOnce(deps, request, {
      route: 'card/forget',
      body: request.params.id,
      attempt: false,
      async work(payment) {
        // The client secret outlives the payment, and must not change the customer's cards after it.
        assertOpen(payment, deps.clock.now());
        const account = requireAccount(deps, payment);
        const card = await savedCard(deps, account, payment.merchantId, payment.label, request.params.id);
        if (!card) throw new ProblemError('card_not_saved');
        await removeCard(deps, card);
      },
    }),
  );

  const token = { summary: 'Pay with a card that the frame had confirmed at Payme', tags, body: SubmitCardToken, response };
  app.post('/checkout/card/token', { schema: token }, (request) => {
    const { body, ip } = request;
    return submitOnce(deps, request, {
      route: 'card/token',
      body: '',
      secret: body,
      attempt: true,
      work: (payment) => submitCardToken(deps, payment, body, ip),
    });
  });
};

/** The four digits that a receipt shows too. */
const lastDigits = (number: string): string => number.replace(/\D/g, '').slice(-4);
