/** The one rule that tells who used a code. It is pure, so that a table test can cover every combination. */
import type { CodeState } from '../../clients/paycodes/code-rules.ts';

export interface UseFacts {
  /** What the last `get_code` answered, judged at the present time. */
  state: CodeState;
  /** Who used the code according to that answer; null where PayCodes does not name anybody. */
  client: string | null;
  /** The merchant's setting: whether `get_code` names the `client` of a use reliably. Without it only a name of ours is believed. */
  clientRecovery: boolean;
  /** The names that our own calls bear. */
  ours: readonly string[];
  /** How many of our `use_code` calls were sent and have no answer. Each may have used the code, or may still do so. */
  pendingCalls: number;
}

export type CodeUse =
  /** One of our calls used it. */
  | 'ours'
  /** Somebody else used it. */
  | 'other'
  /** Nobody has used it so far. A pending call of ours may still do so, and the code need not be usable at this moment. */
  | 'unused'
  /** Used by nobody who can be named while a call of ours had no answer, or unknown to PayCodes: nobody can tell who used it. */
  | 'ambiguous'
  /** Nobody used it, and by our clock nobody can any more. */
  | 'expired';

export function classifyUse({ state, client, clientRecovery, ours, pendingCalls }: UseFacts): CodeUse {
  if (state === 'not_found') return 'ambiguous';
  if (state === 'expired') return 'expired';
  if (state !== 'used') return 'unused';
  if (client !== null && ours.includes(client)) return 'ours';
  const named = client !== null && clientRecovery;
  // Where every call of ours was answered, none of them used the code, so it does not matter that nobody is named.
  return named || pendingCalls === 0 ? 'other' : 'ambiguous';
}
