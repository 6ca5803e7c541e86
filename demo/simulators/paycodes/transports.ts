/** Where PayCodes is called: `POST /` by JSON-RPC, `POST /{method}` by REST. Both are always served. */
import type { FastifyPluginAsync } from 'fastify';
import { restTransport } from './rest.ts';
import { rpcTransport } from './rpc-transport.ts';
import { type CallParts, serveCall } from './serve-call.ts';

export const callRoutes: FastifyPluginAsync<CallParts> = async (app, parts) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(['application/json', 'application/json-rpc'], { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  app.post<{ Body: string | null }>('/', (request, reply) => serveCall(request, reply, parts, rpcTransport(request.body ?? '')));
  app.post<{ Body: string | null; Params: { method: string } }>('/:method', (request, reply) =>
    serveCall(request, reply, parts, restTransport(request.params.method, request.body ?? '', reply)),
  );
};
