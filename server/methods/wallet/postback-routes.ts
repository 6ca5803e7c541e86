/** `POST /postbacks/paykassma/:merchant`. Answers `{"status":"ok"}` exactly when the postback is stored. */
import type { FastifyPluginAsync } from 'fastify';
import { largestPostback } from '../../clients/paykassma/postback/open-postback.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import { isListed } from './is-listed.ts';
import { receivePostback } from './postbacks.ts';
import type { TransferParts } from './wallet-parts.ts';

export const postbackRoutes: FastifyPluginAsync<TransferParts> = async (app, parts) => {
  // The signature is over the bytes, so nobody may read them first; the type they come with says nothing.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  const schema = { hide: true };
  // Whoever typed the address into Paykassma's cabinet may have ended it with a slash, and the credit must not be lost by that.
  for (const end of ['', '/']) {
    app.post<{ Params: { merchant: string } }>(
      `/postbacks/paykassma/:merchant${end}`,
      { schema, bodyLimit: largestPostback },
      async (request) => {
        const { merchant } = request.params;
        const account = parts.account(merchant);
        if (!account || !isListed(account.settings.postbackAddresses, request.ip)) throw new ProblemError('not_found');
        const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        if (await receivePostback(parts, merchant, account, raw)) return { status: 'ok' };
        request.log.warn({ merchantId: merchant }, 'a postback that is not signed as configured');
        throw new ProblemError('unauthorized', { detail: 'the signature is not right' });
      },
    );
  }
};
