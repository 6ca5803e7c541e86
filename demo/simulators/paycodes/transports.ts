/** Where PayCodes is called: `POST /` by JSON-RPC, `POST /{method}` by REST. Both are always served. */
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import * as z from 'zod';
import { isMethod } from './methods.ts';
import type { Question } from './rpc.ts';
import { RpcError } from './rpc-error.ts';
import { type CallParts, serveCall, type Transport } from './serve-call.ts';

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

/** JSON-RPC 2.0: the method in the body; an error is HTTP 200 with an `error` in it (a guess: the documents name no form). */
export function rpcTransport(body: string): Transport {
  /** The question's, null as long as it has not been read. */
  let id: string | number | null = null;
  return {
    read() {
      const question = readQuestion(body);
      id = question.id;
      return question;
    },
    dress: (answer) => ({ jsonrpc: '2.0', id, ...('error' in answer ? { error: answer.error.body() } : answer) }),
  };
}

/** REST: the method in the path, the parameters as the body; an error has a status of its own, and an `error` in its body. */
const Params = z.record(z.string(), z.unknown());

export function restTransport(method: string, body: string, reply: FastifyReply): Transport {
  return {
    read() {
      if (!isMethod(method)) throw new RpcError('method_not_found');
      const params = Params.safeParse(parseBody(body));
      if (!params.success) throw new RpcError('invalid_request');
      return { method, params: params.data };
    },
    dress(answer) {
      if (!('error' in answer)) return answer.result;
      reply.code(answer.error.status);
      return { error: answer.error.body() };
    },
  };
}

/** Reads a JSON-RPC question from a request's body. Batches are not served. */
const Envelope = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number()]),
  method: z.string(),
  params: z.unknown().optional(),
});

/** @throws {RpcError} parse_error, invalid_request, method_not_found */
export function readQuestion(body: string): Question & { id: string | number } {
  const envelope = Envelope.safeParse(parseBody(body));
  if (!envelope.success) throw new RpcError('invalid_request');
  const { id, method, params } = envelope.data;
  if (!isMethod(method)) throw new RpcError('method_not_found');
  return { id, method, params };
}

/** The JSON of a request's body. */
/** @throws {RpcError} parse_error */
export function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new RpcError('parse_error');
  }
}
