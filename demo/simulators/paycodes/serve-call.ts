/** Serves one call, by either transport: checks the key, reads the request, applies a fault, answers. */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Clock } from '../control/clock.ts';
import type { Fault, FaultPlan } from '../control/faults.ts';
import { meetFault } from '../control/faults.ts';
import type { Call } from './answer-call.ts';
import { type Answer, answerCall, type RpcRequest } from './answer-call.ts';
import type { Behaviour } from './code-behaviours.ts';
import type { Environment } from './environment.ts';
import { RpcError } from './rpc-error.ts';
import type { AuthForm, Settings } from './settings.ts';

export interface CallDeps {
  /** The key that is accepted. */
  key: string;
  clock: Clock;
  faults: FaultPlan;
  behaviours: Readonly<Record<string, Behaviour>>;
  settings(): Settings;
  /** The present environment, after everything that is due has happened. */
  environment(): Environment;
  log(call: Call): void;
  /** Aborts at the next reset, or when the simulator closes. */
  ending(): AbortSignal;
}

export interface Transport {
  /** @throws {RpcError} Where the request cannot be read. */
  read(): RpcRequest;
  /** The body of an answer; sets the status of the reply where the transport needs it. */
  encode(answer: Answer): object;
}

export async function serveCall(request: FastifyRequest, reply: FastifyReply, deps: CallDeps, { read, encode }: Transport) {
  const { key, clock, faults, behaviours, settings, environment, log, ending } = deps;
  const call: Call = { at: new Date(clock.now()).toISOString(), method: '?', outcome: 'none' };
  log(call);
  const rpcRequest = readAuthorized(request, settings().auth, key, read);
  if (rpcRequest instanceof RpcError) {
    call.outcome = `error:${rpcRequest.code}`;
    return encode({ error: rpcRequest });
  }

  const { code, rule_slug: ruleSlug, client } = LoggedFields.catch({}).parse(rpcRequest.params);
  Object.assign(call, { method: rpcRequest.method }, ruleSlug && { ruleSlug }, code && { code }, client && { client });
  const present = ending();
  const meet = (fault: Fault, answer: unknown) => {
    call.fault = `${fault.when}:${fault.kind}`;
    return meetFault(reply, fault, answer, present);
  };

  const planned = faults.take(rpcRequest.method, code);
  if (planned?.when === 'before' && !(await meet(planned, encode({ result: {} })))) return reply;
  const behaviour = behaviours[code ?? ''];
  const answer = encode(answerCall(rpcRequest, environment(), behaviour, call));
  const spoiled = planned ?? (call.outcome === 'status:true' ? behaviour?.onUse : undefined);
  if (spoiled?.when === 'after' && !(await meet(spoiled, answer))) return reply;
  return answer;
}

/**
 * Reads the request of a caller who shows the key. A key in a header is checked before the body is read, one in the parameters
 * after.
 */
function readAuthorized(
  request: FastifyRequest,
  form: Settings['auth'],
  key: string,
  read: () => RpcRequest,
): RpcRequest | RpcError {
  const showsKey = (params: unknown) => isAuthorized(form, key, request.headers, params);
  try {
    if (form.type !== 'param' && !showsKey(undefined)) throw new RpcError('unauthorized');
    const rpcRequest = read();
    if (!showsKey(rpcRequest.params)) throw new RpcError('unauthorized');
    return rpcRequest;
  } catch (cause) {
    if (cause instanceof RpcError) return cause;
    throw cause;
  }
}

/** What the ledger records of the parameters, whatever else is wrong with them. */
const LoggedFields = z.object({ rule_slug: z.string(), code: z.string(), client: z.string() }).partial();

/** Whether a call shows the key in the required form. */
function isAuthorized(form: AuthForm, key: string, headers: IncomingHttpHeaders, params: unknown): boolean {
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
