/** `POST /api`: JSON-RPC. Every error is HTTP 200 with an `error` member; pages of any origin may call. */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import type { Clock } from '../control/clock.ts';
import { type Fault, type FaultPlan, meetFault } from '../control/faults.ts';
import { type CardBook, tokenId } from './card-book.ts';
import { cardMethods } from './card-methods.ts';
import { type Call, type Cashbox, type Environment, readAuth } from './environment.ts';
import { moneyMethods } from './money-methods.ts';
import { type Echo, type MethodName, parseBody, type RpcRequest, readEcho, readRequest } from './read-request.ts';
import { receiptMethods } from './receipt-methods.ts';
import { RpcError } from './rpc-error.ts';

export interface RpcDeps {
  cashbox: Cashbox;
  cards: CardBook;
  clock: Clock;
  faults: FaultPlan;
  /** The present environment, after everything that is due has happened. */
  environment(): Environment;
  /** Delay of the slow card's answer, milliseconds of real time. */
  slowMs: number;
  log(call: Call): void;
  /** Aborts at the next reset, or when the simulator closes. */
  ending(): AbortSignal;
}

export const rpcRoutes: FastifyPluginAsync<RpcDeps> = async (app, deps) => {
  const { cashbox, cards, clock, faults, environment, slowMs, log, ending } = deps;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async (request, reply) => {
    // The body is JSON whatever its type: clients send any type, or none.
    delete request.raw.headers['content-type'];
    reply.header('access-control-allow-origin', '*').type('text/json; charset=UTF-8');
  });

  const serve = async (request: FastifyRequest, reply: FastifyReply) => {
    const at = new Date(clock.now()).toISOString();
    const call: Call = { at, method: '?', auth: readAuth(request.headers['x-auth'], cashbox), outcome: 'none' };
    log(call);
    let echo: Echo = {};
    const wrap = (answer: object) => ({ jsonrpc: '2.0', ...echo, ...answer });
    let rpcRequest: RpcRequest;
    try {
      if (request.method !== 'POST') throw new RpcError('not_post');
      const body = parseBody(String(request.body ?? ''));
      echo = readEcho(body);
      rpcRequest = readRequest(body);
    } catch (cause) {
      if (!(cause instanceof RpcError)) throw cause;
      call.outcome = `error:${cause.code}`;
      return wrap({ error: cause.body(environment().settings.messageAs) });
    }

    Object.assign(call, { method: rpcRequest.method }, loggedFields(rpcRequest.params));
    const present = ending();
    const meet = (fault: Fault, answer: unknown) => {
      call.fault = `${fault.when}:${fault.kind}`;
      return meetFault(reply, fault, answer, present);
    };
    const planned = faults.take(rpcRequest.method, call.receipt, call.card);
    if (planned?.when === 'before' && !(await meet(planned, wrap({ result: {} })))) return reply;
    const { answer, slow } = answerCall(rpcRequest, environment(), call);
    const spoiled = planned ?? (slow ? ({ when: 'after', kind: 'slow', ms: slowMs } as const) : undefined);
    if (spoiled?.when === 'after' && !(await meet(spoiled, wrap(answer)))) return reply;
    return wrap(answer);
  };

  /**
   * What the ledger records of the parameters: only values of the right form, because a client may send anything in any field.
   */
  function loggedFields(params: unknown): Pick<Call, 'receipt' | 'card' | 'token'> {
    const { id, token, card } = Object(params) as Record<string, unknown>;
    const number = cards.known(token)?.number ?? Object(card).number;
    return {
      ...(typeof id === 'string' && /^[0-9a-f]{24}$/.test(id) && { receipt: id }),
      ...(/^\d{12,19}$/.test(String(number)) && { card: String(number).slice(-4) }),
      ...(typeof token === 'string' && /^[0-9a-f]{24}_/.test(token) && { token: tokenId(token) }),
    };
  }

  for (const url of ['/api', '/api/']) {
    app.route({ method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'], url, handler: serve });
    app.options(url, (_request, reply) => reply.code(204).headers(preflight).send());
  }
};

/** The real values are not known, only that pages call Payme directly, with this header. */
const preflight = {
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers': 'X-Auth, Content-Type, Cache-Control',
  'access-control-max-age': '86400',
};

interface Method {
  params: z.ZodType;
  run(environment: Environment, params: never): object;
}

const methods: Record<MethodName, Method> = { ...cardMethods, ...receiptMethods, ...moneyMethods };

/** Runs one call and writes its outcome into `call`. @returns The answer without its envelope, and whether it is late. */
export function answerCall(rpcRequest: RpcRequest, environment: Environment, call: Call): { answer: object; slow: boolean } {
  try {
    const result = run(rpcRequest, environment, call);
    note(call, result);
    return { answer: { result }, slow: false };
  } catch (cause) {
    const error = cause instanceof RpcError ? cause : new RpcError('system_error');
    call.outcome = `error:${error.code}`;
    return { answer: { error: error.body(environment.settings.messageAs) }, slow: error.slow };
  }
}

function run({ method, params }: RpcRequest, environment: Environment, { auth }: Call): object {
  checkAuth(method, auth);
  const parsed = methods[method].params.safeParse(params);
  // Only the field's name: its value may be a card number.
  if (!parsed.success) throw new RpcError('invalid_params', { data: parsed.error.issues[0]?.path.join('.') ?? '' });
  const refused = environment.settings.refuse[method];
  if (refused) throw new RpcError(refused);
  // The table pairs each method with its own params; TypeScript cannot see that through the index.
  return methods[method].run(environment, parsed.data as never);
}

/**
 * Methods of cards may be called by a page without the key, methods of receipts only with it. A key that is sent must be right.
 */
function checkAuth(method: MethodName, auth: Call['auth']): void {
  if (auth === 'unknown_id') throw new RpcError('cashbox_unknown');
  if (auth !== 'key' && !(auth === 'id' && method.startsWith('cards.'))) throw new RpcError('access_denied');
}

function note(call: Call, result: object): void {
  const { _id, state }: { _id?: string; state?: number } = 'receipt' in result ? Object(result.receipt) : result;
  call.outcome = state === undefined ? 'ok' : `state:${state}`;
  if (_id !== undefined) call.receipt = _id;
}
