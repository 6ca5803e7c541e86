/** `POST /checkout/wallet`, `/checkout/wallet/transaction` and `/checkout/wallet/screenshot`. */
import { createHash } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { ChooseWalletRequest, PaymentView, SubmitTransfer } from '#contract';
import { type CheckoutDeps, submitOnce } from '../../payments/http/idempotency.ts';
import { createUploadAdmission } from './admit-upload.ts';
import { type ChooseWalletDeps, chooseWallet } from './choose-wallet.ts';
import { largestUpload, readUpload } from './read-upload.ts';
import { submitTransfer } from './submit-transfer.ts';

const tags = ['checkout'];
const response = { 200: PaymentView };
/** How long an upload and its answer may take, in milliseconds: five megabytes over a bad network. */
const uploadTimeoutMs = 90_000;

export const walletRoutes: FastifyPluginAsyncZod<ChooseWalletDeps & CheckoutDeps> = async (app, deps) => {
  const choose = { summary: 'Where to transfer to by this wallet', tags, body: ChooseWalletRequest, response };
  app.post('/checkout/wallet', { schema: choose }, (request) =>
    submitOnce(deps, request, {
      route: 'wallet',
      body: JSON.stringify(request.body),
      attempt: false,
      work: (payment) => chooseWallet(deps, payment, request.body),
    }),
  );

  const submit = { summary: 'The number of a transfer that was made', tags, body: SubmitTransfer, response };
  app.post('/checkout/wallet/transaction', { schema: submit }, (request) =>
    submitOnce(deps, request, {
      route: 'wallet/transaction',
      body: request.body.transactionNumber,
      attempt: true,
      work: (payment) => submitTransfer(deps, payment, request.body, request.ip),
    }),
  );

  const upload = {
    summary: 'The number of a transfer and its picture: multipart, fields `transactionNumber` and `screenshot`',
    tags,
    consumes: ['multipart/form-data'],
    response,
  };
  const admission = createUploadAdmission(deps);
  app.register(async (scope) => {
    scope.addHook('onRequest', (request, reply) => admission.admit(request, reply));
    scope.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post(
      '/checkout/wallet/screenshot',
      { schema: upload, bodyLimit: largestUpload, handlerTimeout: uploadTimeoutMs },
      async (request) => {
        const transfer = readUpload(request.headers['content-type'] ?? '', request.body);
        return submitOnce(deps, request, {
          route: 'wallet/screenshot',
          body: `${transfer.transactionNumber} ${createHash('sha256').update(transfer.screenshot.bytes).digest('hex')}`,
          attempt: true,
          work: (payment) => admission.during(request, () => submitTransfer(deps, payment, transfer, request.ip)),
        });
      },
    );
  });
};
