/** `POST /api`: JSON-RPC without ceremony. Every error is HTTP 200 with an `error` in it; any page may ask. */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import type { Clock } from '../control/clock.ts';
import { type Fault, type FaultPlan, meetFault } from '../control/faults.ts';
import { type CardBook, tokenId } from './card-book.ts';
import { cardMethods } from './card-methods.ts';
import { moneyMethods } from './money-methods.ts';
import { type Echo, type MethodName, parseBody, type Question, readEcho, readQuestion } from './read-question.ts';
import { receiptMethods } from './receipt-methods.ts';
import { RpcError } from './rpc-error.ts';
import { type Call, type Cashbox, readAuth, type World } from './world.ts';

export interface RpcParts {
  cashbox: Cashbox;
  cards: CardBook;
  clock: Clock;
  faults: FaultPlan;
  /** The world as it is now: all that is due has happened. */
  world(): World;
  /** How late the slow card is answered, in milliseconds of real time. */
  slowMs: number;
  log(call: Call): void;
  /** Aborts when the present world ends, by a reset or by closing. */
  ending(): AbortSignal;
}

export const rpcRoutes: FastifyPluginAsync<RpcParts> = async (app, parts) => {
  const { cashbox, cards, clock, faults, world, slowMs, log, ending } = parts;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async (request, reply) => {
    // Whatever it calls itself, it is JSON: clients send any type, or none.
    delete request.raw.headers['content-type'];
    reply.header('access-control-allow-origin', '*').type('text/json; charset=UTF-8');
  });

  const serve = async (request: FastifyRequest, reply: FastifyReply) => {
    const at = new Date(clock.now()).toISOString();
    const call: Call = { at, method: '?', auth: readAuth(request.headers['x-auth'], cashbox), outcome: 'none' };
    log(call);
    let echo: Echo = {};
    const wrap = (answer: object) => ({ jsonrpc: '2.0', ...echo, ...answer });
    let question: Question;
    try {
      if (request.method !== 'POST') throw new RpcError('not_post');
      const body = parseBody(String(request.body ?? ''));
      echo = readEcho(body);
      question = readQuestion(body);
    } catch (cause) {
      if (!(cause instanceof RpcError)) throw cause;
      call.outcome = `error:${cause.code}`;
      return wrap({ error: cause.body(world().settings.messageAs) });
    }

    Object.assign(call, { method: question.method }, told(question.params));
    const present = ending();
    const meet = (fault: Fault, answer: unknown) => {
      call.fault = `${fault.when}:${fault.kind}`;
      return meetFault(reply, fault, answer, present);
    };
    const ordered = faults.take(question.method, call.receipt, call.card);
    if (ordered?.when === 'before' && !(await meet(ordered, wrap({ result: {} })))) return reply;
    const { answer, slow } = answerCall(question, world(), call);
    const spoiled = ordered ?? (slow ? ({ when: 'after', kind: 'slow', ms: slowMs } as const) : undefined);
    if (spoiled?.when === 'after' && !(await meet(spoiled, wrap(answer)))) return reply;
    return wrap(answer);
  };

  /** What the ledger notes of the parameters: nothing that it cannot vouch for, for a client may send anything anywhere. */
  function told(params: unknown): Pick<Call, 'receipt' | 'card' | 'token'> {
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

/** The values are not known, only that pages ask Payme directly, with this header. */
const preflight = {
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers': 'X-Auth, Content-Type, Cache-Control',
  'access-control-max-age': '86400',
};

/** Carries one call out, at once and whole: its effect on the books, its answer, its line in the ledger. */
interface Method {
  params: z.ZodType;
  run(world: World, params: never): object;
}

const methods: Record<MethodName, Method> = { ...cardMethods, ...receiptMethods, ...moneyMethods };

/** @returns the answer without its envelope, and whether it comes late; its outcome is written into `call` */
export function answerCall(question: Question, world: World, call: Call): { answer: object; slow: boolean } {
  try {
    const result = run(question, world, call);
    note(call, result);
    return { answer: { result }, slow: false };
  } catch (cause) {
    const error = cause instanceof RpcError ? cause : new RpcError('system_error');
    call.outcome = `error:${error.code}`;
    return { answer: { error: error.body(world.settings.messageAs) }, slow: error.slow };
  }
}

function run({ method, params }: Question, world: World, { auth }: Call): object {
  checkAuth(method, auth);
  const parsed = methods[method].params.safeParse(params);
  // The field's name and nothing of its value: it may be a card number.
  if (!parsed.success) throw new RpcError('invalid_params', { data: parsed.error.issues[0]?.path.join('.') ?? '' });
  const refused = world.settings.refuse[method];
  if (refused) throw new RpcError(refused);
  // The table pairs each method with its own params; TypeScript cannot see that through the index.
  return methods[method].run(world, parsed.data as never);
}

/** Cards may be handled by a page, which knows no key; receipts only by a server. A key that is sent has to be right. */
function checkAuth(method: MethodName, auth: Call['auth']): void {
  if (auth === 'unknown_id') throw new RpcError('cashbox_unknown');
  if (auth !== 'key' && !(auth === 'id' && method.startsWith('cards.'))) throw new RpcError('access_denied');
}

function note(call: Call, result: object): void {
  const { _id, state }: { _id?: string; state?: number } = 'receipt' in result ? Object(result.receipt) : result;
  call.outcome = state === undefined ? 'ok' : `state:${state}`;
  if (_id !== undefined) call.receipt = _id;
}
