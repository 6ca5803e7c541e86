/** `POST /checkout/wallet`, `/checkout/wallet/transaction` and `/checkout/wallet/screenshot`. */
import { createHash } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { ChooseWalletRequest, PaymentView, SubmitTransfer } from '#contract';
import { type CheckoutParts, submitOnce } from '../../payments/http/submit-once.ts';
import { chooseWallet } from './choose-wallet.ts';
import { largestUpload, readUpload } from './read-upload.ts';
import { submitTransfer } from './submit-transfer.ts';
import type { TransferParts } from './wallet-parts.ts';

const tags = ['checkout'];
/** Milliseconds. Five megabytes at the speed of a bad network, and the answer. */
const uploadMs = 90_000;
const response = { 200: PaymentView };

export const walletRoutes: FastifyPluginAsyncZod<TransferParts & CheckoutParts> = async (app, parts) => {
  const choose = { summary: 'Where to transfer to by this wallet', tags, body: ChooseWalletRequest, response };
  app.post('/checkout/wallet', { schema: choose }, (request) =>
    submitOnce(parts, request, {
      route: 'wallet',
      body: JSON.stringify(request.body),
      attempt: false,
      work: (payment) => chooseWallet(parts, payment, request.body),
    }),
  );

  const tell = { summary: 'The number of a transfer that was made', tags, body: SubmitTransfer, response };
  app.post('/checkout/wallet/transaction', { schema: tell }, (request) =>
    submitOnce(parts, request, {
      route: 'wallet/transaction',
      body: request.body.transactionNumber,
      attempt: true,
      work: (payment) => submitTransfer(parts, payment, request.body),
    }),
  );

  const show = {
    summary: 'The number of a transfer and its picture: multipart, fields `transactionNumber` and `screenshot`',
    tags,
    consumes: ['multipart/form-data'],
    response,
  };
  app.register(async (scope) => {
    scope.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post(
      '/checkout/wallet/screenshot',
      { schema: show, bodyLimit: largestUpload, handlerTimeout: uploadMs },
      async (request) => {
        const told = await readUpload(request.headers['content-type'] ?? '', request.body);
        return submitOnce(parts, request, {
          route: 'wallet/screenshot',
          body: `${told.transactionNumber} ${createHash('sha256').update(told.screenshot.bytes).digest('hex')}`,
          attempt: true,
          work: (payment) => submitTransfer(parts, payment, told),
        });
      },
    );
  });
};
