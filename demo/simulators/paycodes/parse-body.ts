/** The JSON of a request's body. */
import { RpcError } from './rpc-error.ts';

/** @throws {RpcError} parse_error */
export function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new RpcError('parse_error');
  }
}
