/**
 * The routes by which the customer's browser reads, leaves and ends the payment of its client secret. Every answer is the
 * PaymentView.
 */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { Empty, PaymentView, ReadCheckout } from '#contract';
import './idempotency.ts';
import { type CheckoutDeps, submitOnce } from './idempotency.ts';

const response = { 200: PaymentView };
const tags = ['checkout'];

export const checkoutRoutes: FastifyPluginAsyncZod<CheckoutDeps> = async (app, deps) => {
  const { payments } = deps;

  const read = {
    summary: 'The payment; with `wait`, as soon as it is newer than `since`',
    tags,
    querystring: ReadCheckout,
    response,
  };
  app.get('/checkout', { schema: read, handlerTimeout: 30_000 }, async (request) => {
    const { since = 0, wait = 0 } = request.query;
    if (wait === 0) return payments.view(request.payment.id);
    const gone = new AbortController();
    request.raw.once('close', () => gone.abort());
    return payments.follow(request.payment.id, since, wait * 1000, gone.signal);
  });

  const post = (route: 'recheck' | 'abandon' | 'cancel', summary: string) =>
    app.post(`/checkout/${route}`, { schema: { summary, tags, body: Empty, response } }, (request) =>
      submitOnce(deps, request, { route, body: '', attempt: false, work: ({ id }) => payments[route](id) }),
    );
  post('recheck', 'Ask upstream now about an outcome that is unknown');
  post('abandon', 'Leave the attempt and choose again');
  post('cancel', 'End the payment');
};
