/** Runs one call synchronously: its effect on the books, its answer, and its outcome in the ledger. */
import type { Behaviour } from './code-behaviours.ts';
import type { Environment } from './environment.ts';
import { methods } from './methods.ts';
import { RpcError } from './rpc-error.ts';

export interface RpcRequest {
  method: keyof typeof methods;
  params: unknown;
}

/** The answer before a transport encodes it. */
export type Answer = { result: object } | { error: RpcError };

export function answerCall(
  { method, params }: RpcRequest,
  environment: Environment,
  behaviour: Behaviour | undefined,
  call: Call,
): Answer {
  try {
    const result = run(method, params, environment, behaviour);
    call.outcome = 'status' in result ? `status:${result.status}` : 'ok';
    return { result };
  } catch (cause) {
    const error = cause instanceof RpcError ? cause : new RpcError('internal_error');
    call.outcome = `error:${error.code}`;
    return { error };
  }
}

function run(method: RpcRequest['method'], params: unknown, environment: Environment, behaviour: Behaviour | undefined): object {
  const parsed = methods[method].params.safeParse(params);
  if (!parsed.success) throw new RpcError('invalid_params', { fields: parsed.error.issues.map((issue) => issue.path.join('.')) });
  behaviour?.beforeCall?.(method, environment);
  // The table pairs each method with its own params; TypeScript cannot see that through the index.
  return methods[method].run(environment, parsed.data as never);
}

/** One call as the ledger records it, without credentials. */
export interface Call {
  /** When it arrived: ISO 8601, by the simulated clock. */
  at: string;
  /** The RPC method; `?` if the request was not read. */
  method: string;
  ruleSlug?: string;
  code?: string;
  client?: string;
  /** What the service did: `ok`, `status:true`, `status:false`, `error:<code>`; `none`: nothing yet. */
  outcome: string;
  /** The fault that it met, as `<when>:<kind>`. */
  fault?: string;
}
