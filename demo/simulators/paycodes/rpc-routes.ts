/** `POST /`: JSON-RPC 2.0 with a bearer key. An error is HTTP 200 with an `error` in it (a guess: the documents name no form). */
import type { FastifyPluginAsync } from 'fastify';
import * as z from 'zod';
import type { Clock } from '../control/clock.ts';
import type { Fault } from '../control/fault.ts';
import type { FaultPlan } from '../control/fault-plan.ts';
import { meetFault } from '../control/meet-fault.ts';
import { answerCall, type Question } from './answer-call.ts';
import type { Call } from './call.ts';
import type { Behaviour } from './code-behaviours.ts';
import type { CodeBook } from './code-book.ts';
import type { World } from './methods.ts';
import { readQuestion } from './read-question.ts';
import { RpcError } from './rpc-error.ts';

export interface RpcParts {
  /** The bearer key that is accepted. */
  key: string;
  clock: Clock;
  faults: FaultPlan;
  book: CodeBook;
  behaviours: Readonly<Record<string, Behaviour>>;
  unusable: World['unusable'];
  log(call: Call): void;
  /** Aborts when the present world ends, by a reset or by closing. */
  ending(): AbortSignal;
}

export const rpcRoutes: FastifyPluginAsync<RpcParts> = async (
  app,
  { key, clock, faults, book, behaviours, unusable, log, ending },
) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(['application/json', 'application/json-rpc'], { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );

  app.post<{ Body: string }>('/', async (request, reply) => {
    const call: Call = { at: new Date(clock.now()).toISOString(), method: '?', outcome: 'none' };
    log(call);
    let question: Question;
    try {
      if (request.headers.authorization !== `Bearer ${key}`) throw new RpcError('unauthorized');
      question = readQuestion(request.body ?? '');
    } catch (cause) {
      if (!(cause instanceof RpcError)) throw cause;
      call.outcome = `error:${cause.code}`;
      return cause.answer(null);
    }

    const { code, rule_slug: ruleSlug, client } = Told.catch({}).parse(question.params);
    Object.assign(call, { method: question.method }, ruleSlug && { ruleSlug }, code && { code }, client && { client });
    const world = ending();
    const meet = (fault: Fault, answer: unknown) => {
      call.fault = `${fault.when}:${fault.kind}`;
      return meetFault(reply, fault, answer, world);
    };

    const ordered = faults.take(question.method, code);
    if (ordered?.when === 'before' && !(await meet(ordered, { jsonrpc: '2.0', id: question.id, result: {} }))) return reply;
    const behaviour = behaviours[code ?? ''];
    const answer = answerCall(question, { book, now: clock.now(), unusable }, behaviour, call);
    const spoiled = ordered ?? (call.outcome === 'status:true' ? behaviour?.onUse : undefined);
    if (spoiled?.when === 'after' && !(await meet(spoiled, answer))) return reply;
    return answer;
  });
};

/** What the ledger notes of the parameters, whatever else is wrong with them. */
const Told = z.object({ rule_slug: z.string(), code: z.string(), client: z.string() }).partial();
