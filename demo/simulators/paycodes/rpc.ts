/** Carries one call out, at once and whole: its effect on the book, its answer, its outcome in the ledger. */
import type { Behaviour } from './code-behaviours.ts';
import { methods } from './methods.ts';
import { RpcError } from './rpc-error.ts';
import type { World } from './world.ts';

export interface Question {
  method: keyof typeof methods;
  params: unknown;
}

/** What is answered, before a transport has dressed it. */
export type Answer = { result: object } | { error: RpcError };

export function answerCall({ method, params }: Question, world: World, behaviour: Behaviour | undefined, call: Call): Answer {
  try {
    const result = run(method, params, world, behaviour);
    call.outcome = 'status' in result ? `status:${result.status}` : 'ok';
    return { result };
  } catch (cause) {
    const error = cause instanceof RpcError ? cause : new RpcError('internal_error');
    call.outcome = `error:${error.code}`;
    return { error };
  }
}

function run(method: Question['method'], params: unknown, world: World, behaviour: Behaviour | undefined): object {
  const parsed = methods[method].params.safeParse(params);
  if (!parsed.success) throw new RpcError('invalid_params', { fields: parsed.error.issues.map((issue) => issue.path.join('.')) });
  behaviour?.beforeCall?.(method, world);
  // The table pairs each method with its own params; TypeScript cannot see that through the index.
  return methods[method].run(world, parsed.data as never);
}

/** One call as the ledger keeps it. Credentials are never part of it. */
export interface Call {
  /** When it came in: ISO 8601, by the simulated clock. */
  at: string;
  /** The RPC method; `?` if the request was not read. */
  method: string;
  ruleSlug?: string;
  code?: string;
  client?: string;
  /** What the service did: `ok`, `status:true`, `status:false`, `error:<code>`; `none` = nothing, or nothing yet. */
  outcome: string;
  /** The fault that met it, as `<when>:<kind>`. */
  fault?: string;
}
