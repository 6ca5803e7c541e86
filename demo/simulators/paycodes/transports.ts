/** The two transports of PayCodes, both always served: `POST /` by JSON-RPC, `POST /{method}` by REST. */
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import * as z from 'zod';
import type { RpcRequest } from './answer-call.ts';
import { isMethod } from './methods.ts';
import { RpcError } from './rpc-error.ts';
import { type CallDeps, serveCall, type Transport } from './serve-call.ts';

export const callRoutes: FastifyPluginAsync<CallDeps> = async (app, deps) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(['application/json', 'application/json-rpc'], { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  app.post<{ Body: string | null }>('/', (request, reply) => serveCall(request, reply, deps, rpcTransport(request.body ?? '')));
  app.post<{ Body: string | null; Params: { method: string } }>('/:method', (request, reply) =>
    serveCall(request, reply, deps, restTransport(request.params.method, request.body ?? '', reply)),
  );
};

/**
 * JSON-RPC 2.0: the method is in the body; an error is HTTP 200 with an `error` member. That is a guess, the documents name no
 * form.
 */
function rpcTransport(body: string): Transport {
  /** The id of the request; null until it was read. */
  let id: string | number | null = null;
  return {
    read() {
      const rpcRequest = readRequest(body);
      id = rpcRequest.id;
      return rpcRequest;
    },
    encode: (answer) => ({ jsonrpc: '2.0', id, ...('error' in answer ? { error: answer.error.body() } : answer) }),
  };
}

const Params = z.record(z.string(), z.unknown());

/** REST: the method is in the path, the parameters are the body; an error has a status of its own and an `error` member. */
function restTransport(method: string, body: string, reply: FastifyReply): Transport {
  return {
    read() {
      if (!isMethod(method)) throw new RpcError('method_not_found');
      const params = Params.safeParse(parseBody(body));
      if (!params.success) throw new RpcError('invalid_request');
      return { method, params: params.data };
    },
    encode(answer) {
      if (!('error' in answer)) return answer.result;
      reply.code(answer.error.status);
      return { error: answer.error.body() };
    },
  };
}

const Envelope = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]),
  method: z.string(),
  params: z.unknown().optional(),
});

/** Reads a JSON-RPC request. Batches are not served. @throws {RpcError} parse_error, invalid_request, method_not_found */
function readRequest(body: string): RpcRequest & { id: string | number } {
  const envelope = Envelope.safeParse(parseBody(body));
  if (!envelope.success) throw new RpcError('invalid_request');
  const { id, method, params } = envelope.data;
  if (!isMethod(method)) throw new RpcError('method_not_found');
  return { id, method, params };
}

/** @throws {RpcError} parse_error */
function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new RpcError('parse_error');
  }
}
