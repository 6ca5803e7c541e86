/** What an error of PostgreSQL or of the way to it means for the connection it came by, and for whoever asked. */
import { StoreUnavailable } from '../payments/model/store-unavailable.ts';

export interface Verdict {
  /** The connection must not be lent again. */
  broken: boolean;
  error: unknown;
}

/** `at`: what was under way. Only a commit that got no answer may have had an effect. */
export function judgePostgresError(cause: unknown, at: 'connect' | 'statement' | 'commit'): Verdict {
  const { code } = Object(cause) as { code?: unknown };
  const state = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
  // A mistake of our own in a parameter, found before anything was sent.
  if (cause instanceof TypeError || cause instanceof RangeError) return { broken: false, error: cause };
  if (Object(cause).message === 'Query read timeout') return lost(cause, 'ETIMEDOUT', at);
  if (state === undefined) return lost(cause, typeof code === 'string' ? code : 'CONNECTION_LOST', at);
  if (gone.test(state)) return lost(cause, state, at);
  if (repeatable.has(state))
    return { broken: false, error: new StoreUnavailable({ code: state, effect: 'none', soon: true, cause }) };
  if (at === 'connect' || passing.test(state))
    return { broken: at === 'connect', error: new StoreUnavailable({ code: state, effect: 'none', soon: false, cause }) };
  return { broken: false, error: cause };
}

function lost(cause: unknown, code: string, at: 'connect' | 'statement' | 'commit'): Verdict {
  const effect = at === 'commit' && code !== readOnly ? 'unknown' : 'none';
  // Who has waited for silence has waited long enough.
  const soon = at !== 'connect' && code !== 'ETIMEDOUT';
  return { broken: true, error: new StoreUnavailable({ code, effect, soon, cause }) };
}

const readOnly = '25006';
/** The connection is lost, its server shuts down, or it leads to a server that may only be read: a standby, after a failover. */
const gone = /^(08...|57P0[1-5]|25P0[34]|25006)$/;
/** A serialization failure, a deadlock: the same again is what PostgreSQL asks for. */
const repeatable = new Set(['40001', '40P01']);
/** Out of memory, disk or connections; waited too long; a fault of its own files. */
const passing = /^(53...|55P03|57014|58...)$/;
