/** `POST /checkout/wallet`, `/checkout/wallet/transaction` and `/checkout/wallet/screenshot`. */
import { createHash } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { ChooseWalletRequest, PaymentView, SubmitTransfer } from '#contract';
import type { Screenshot } from '../../clients/paykassma/client.ts';
import { submitOnce } from '../../payments/http/submit-once.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import type { TransferDeps } from './account.ts';
import { chooseWallet } from './choose-wallet.ts';
import { submitTransfer } from './submit-transfer.ts';

const tags = ['checkout'];
/** Milliseconds. Five megabytes at the speed of a bad network, and the answer. */
const uploadMs = 90_000;
const response = { 200: PaymentView };

export const walletRoutes: FastifyPluginAsyncZod<TransferDeps> = async (app, parts) => {
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

/** A number and a picture out of multipart form-data. The picture is what its content says, whatever it is called. */
const largestPicture = 5 * 1024 * 1024;
/** The picture, and room for the form around it. */
export const largestUpload = largestPicture + 64 * 1024;

/** Throws `invalid_request` for what is no such form, `screenshot_format` for what is no such picture. */
export async function readUpload(type: string, body: unknown): Promise<{ transactionNumber: string; screenshot: Screenshot }> {
  const form = Buffer.isBuffer(body) ? await readForm(type, body) : null;
  const transactionNumber = form?.get('transactionNumber');
  const file = form?.get('screenshot');
  if (typeof transactionNumber !== 'string' || transactionNumber.length < 1 || transactionNumber.length > 1000) {
    throw new ProblemError('invalid_request', { field: 'transactionNumber' });
  }
  if (!(file instanceof Blob) || file.size > largestPicture) throw new ProblemError('screenshot_format', { field: 'screenshot' });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const picture = pictureType(bytes);
  if (!picture) throw new ProblemError('screenshot_format', { field: 'screenshot' });
  return { transactionNumber, screenshot: { type: picture, bytes } };
}

async function readForm(type: string, body: Buffer): Promise<FormData | null> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch {
    return null;
  }
}

function pictureType(bytes: Uint8Array): Screenshot['type'] | null {
  const starts = (at: number, ...signs: number[]) => signs.every((sign, place) => bytes[at + place] === sign);
  if (starts(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (starts(0, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  return starts(0, 0x52, 0x49, 0x46, 0x46) && starts(8, 0x57, 0x45, 0x42, 0x50) ? 'image/webp' : null;
}
