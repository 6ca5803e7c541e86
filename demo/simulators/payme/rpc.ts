/** `POST /api`: JSON-RPC without ceremony. Every error is HTTP 200 with an `error` in it; any page may ask. */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../control/clock.ts';
import type { Fault } from '../control/fault.ts';
import type { FaultPlan } from '../control/faults.ts';
import { meetFault } from '../control/meet-fault.ts';
import { answerCall } from './answer-call.ts';
import type { Call } from './call.ts';
import { tokenId } from './card.ts';
import type { CardBook } from './card-book.ts';
import { readAuth } from './read-auth.ts';
import { type Echo, parseBody, type Question, readEcho, readQuestion } from './read-question.ts';
import { RpcError } from './rpc-error.ts';
import type { Cashbox, World } from './world.ts';

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
