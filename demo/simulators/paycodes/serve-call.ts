/** One call from its request to its answer, whatever transport it came by: who asks, what, which mishap meets it. */

import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Clock } from '../control/clock.ts';
import type { Fault, FaultPlan } from '../control/faults.ts';
import { meetFault } from '../control/faults.ts';
import type { Behaviour } from './code-behaviours.ts';
import type { Call } from './rpc.ts';
import { type Answer, answerCall, type Question } from './rpc.ts';
import { RpcError } from './rpc-error.ts';
import type { AuthForm, Settings } from './settings.ts';
import type { World } from './world.ts';

export interface CallParts {
  /** The key that is accepted. */
  key: string;
  clock: Clock;
  faults: FaultPlan;
  behaviours: Readonly<Record<string, Behaviour>>;
  settings(): Settings;
  /** The world as it is now: all that is due has happened. */
  world(): World;
  log(call: Call): void;
  /** Aborts when the present world ends, by a reset or by closing. */
  ending(): AbortSignal;
}

export interface Transport {
  /** @throws {RpcError} for a request that is no question */
  read(): Question;
  /** The body of an answer; sets the status of the reply where the transport has one for it. */
  dress(answer: Answer): object;
}

export async function serveCall(request: FastifyRequest, reply: FastifyReply, parts: CallParts, { read, dress }: Transport) {
  const { key, clock, faults, behaviours, settings, world, log, ending } = parts;
  const call: Call = { at: new Date(clock.now()).toISOString(), method: '?', outcome: 'none' };
  log(call);
  const question = understood(request, settings().auth, key, read);
  if (question instanceof RpcError) {
    call.outcome = `error:${question.code}`;
    return dress({ error: question });
  }

  const { code, rule_slug: ruleSlug, client } = Told.catch({}).parse(question.params);
  Object.assign(call, { method: question.method }, ruleSlug && { ruleSlug }, code && { code }, client && { client });
  const present = ending();
  const meet = (fault: Fault, answer: unknown) => {
    call.fault = `${fault.when}:${fault.kind}`;
    return meetFault(reply, fault, answer, present);
  };

  const ordered = faults.take(question.method, code);
  if (ordered?.when === 'before' && !(await meet(ordered, dress({ result: {} })))) return reply;
  const behaviour = behaviours[code ?? ''];
  const answer = dress(answerCall(question, world(), behaviour, call));
  const spoiled = ordered ?? (call.outcome === 'status:true' ? behaviour?.onUse : undefined);
  if (spoiled?.when === 'after' && !(await meet(spoiled, answer))) return reply;
  return answer;
}

/** A key in a header is looked at before the body, one among the parameters cannot be. */
function understood(request: FastifyRequest, form: Settings['auth'], key: string, read: () => Question): Question | RpcError {
  const knows = (params: unknown) => isAuthorized(form, key, request.headers, params);
  try {
    if (form.type !== 'param' && !knows(undefined)) throw new RpcError('unauthorized');
    const question = read();
    if (!knows(question.params)) throw new RpcError('unauthorized');
    return question;
  } catch (cause) {
    if (cause instanceof RpcError) return cause;
    throw cause;
  }
}

/** What the ledger notes of the parameters, whatever else is wrong with them. */
const Told = z.object({ rule_slug: z.string(), code: z.string(), client: z.string() }).partial();

/** Whether a call shows the key where this PayCodes wants it. */
export function isAuthorized(form: AuthForm, key: string, headers: IncomingHttpHeaders, params: unknown): boolean {
  switch (form.type) {
    case 'bearer':
      return headers.authorization === `Bearer ${key}`;
    case 'header':
      return headers[form.name.toLowerCase()] === key;
    case 'param':
      return Object.hasOwn(Object(params), form.name) && Object(params)[form.name] === key;
    case 'none':
      return true;
  }
}
