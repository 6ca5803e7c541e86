/** REST: the method in the path, the parameters as the body; an error has a status of its own, and an `error` in its body. */
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import { isMethod } from './is-method.ts';
import { parseBody } from './parse-body.ts';
import { RpcError } from './rpc-error.ts';
import type { Transport } from './serve-call.ts';

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
