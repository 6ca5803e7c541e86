/**
 * `POST /checkout/wallet`, `/checkout/wallet/transaction` and `/checkout/wallet/screenshot`, with the reader of the uploaded
 * picture.
 */
import { createHash } from 'node:crypto';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { ChooseWalletRequest, PaymentView, SubmitTransfer } from '#contract';
import type { Screenshot } from '../../clients/paykassma/client.ts';
import { type CheckoutDeps, submitOnce } from '../../payments/http/idempotency.ts';
import { ProblemError } from '../../payments/model/errors.ts';
import { type ChooseWalletDeps, chooseWallet } from './choose-wallet.ts';
import { submitTransfer } from './submit-transfer.ts';

const tags = ['checkout'];
const response = { 200: PaymentView };
const largestPicture = 5 * 1024 * 1024;
/** The picture, and the form around it. */
const largestUpload = largestPicture + 64 * 1024;
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
  app.register(async (scope) => {
    scope.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.post(
      '/checkout/wallet/screenshot',
      { schema: upload, bodyLimit: largestUpload, handlerTimeout: uploadTimeoutMs },
      async (request) => {
        const transfer = await readUpload(request.headers['content-type'] ?? '', request.body);
        return submitOnce(deps, request, {
          route: 'wallet/screenshot',
          body: `${transfer.transactionNumber} ${createHash('sha256').update(transfer.screenshot.bytes).digest('hex')}`,
          attempt: true,
          work: (payment) => submitTransfer(deps, payment, transfer, request.ip),
        });
      },
    );
  });
};

/**
 * The number and the picture of a multipart form. The type of the picture is read from its content, whatever the form calls it.
 * @throws {ProblemError} `invalid_request` if it is not such a form, `screenshot_format` if it is not a PNG, JPEG or WebP picture
 * of at most 5 MB
 */
async function readUpload(type: string, body: unknown): Promise<{ transactionNumber: string; screenshot: Screenshot }> {
  const form = Buffer.isBuffer(body) ? await readForm(type, body) : null;
  const transactionNumber = form?.get('transactionNumber');
  const file = form?.get('screenshot');
  if (typeof transactionNumber !== 'string' || transactionNumber.length < 1 || transactionNumber.length > 1000) {
    throw new ProblemError('invalid_request', { field: 'transactionNumber' });
  }
  if (!(file instanceof Blob) || file.size > largestPicture) throw new ProblemError('screenshot_format', { field: 'screenshot' });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const pictureType = typeOfPicture(bytes);
  if (!pictureType) throw new ProblemError('screenshot_format', { field: 'screenshot' });
  return { transactionNumber, screenshot: { type: pictureType, bytes } };
}

/** Null if the body is not such a form. */
async function readForm(type: string, body: Buffer): Promise<FormData | null> {
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  } catch {
    return null;
  }
}

/** By the signatures at the start of the file formats. Null for any other content. */
function typeOfPicture(bytes: Uint8Array): Screenshot['type'] | null {
  const hasBytes = (at: number, ...expected: number[]) => expected.every((byte, index) => bytes[at + index] === byte);
  if (hasBytes(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (hasBytes(0, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  return hasBytes(0, 0x52, 0x49, 0x46, 0x46) && hasBytes(8, 0x57, 0x45, 0x42, 0x50) ? 'image/webp' : null;
}
