/** The one rule that decides who used a code. It is pure, so that a table test can cover every combination. */
import type { CodeState } from '../../clients/paycodes/code-rules.ts';

export interface UseFacts {
  /** The state of the code according to the last `get_code`, at the present time. */
  state: CodeState;
  /** Who used the code according to that answer; null where PayCodes names nobody. */
  client: string | null;
  /** The merchant's setting: whether `get_code` returns the `client` of a use. Without it only a name of ours is believed. */
  clientRecovery: boolean;
  /** The names that our own calls bear. */
  ours: readonly string[];
  /** How many of our `use_code` calls have no answer. Each of them may have used the code, or may still do so. */
  pendingCalls: number;
}

export type CodeUse =
  /** One of our calls used it. */
  | 'ours'
  /** Somebody else used it. */
  | 'other'
  /** Nobody has used it so far, though it need not be usable at this moment. A pending call of ours may still use it. */
  | 'unused'
  /** Nobody can tell who used it: no user can be named while a call of ours is pending, or PayCodes does not know the code. */
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
