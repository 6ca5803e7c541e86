/** What the methods of the simulated PayCodes work on, and the use of a code. */
import type { CodeBook } from './code-book.ts';
import { unusableReason } from './code-record.ts';
import { RpcError } from './rpc-error.ts';
import type { Settings } from './settings.ts';

export interface Environment {
  book: CodeBook;
  /** Milliseconds since the epoch, by the simulated clock. */
  now: number;
  unusable: Settings['unusable'];
}

/**
 * Uses a code if it can be used. Synchronous, so that nothing happens between the check and the use.
 * @returns Whether this call used it.
 * @throws {RpcError} `rule_not_found`; `code_not_usable` where the settings want an error.
 */
export function useCode({ book, now, unusable }: Environment, code: string, ruleSlug: string, client: string): boolean {
  const rule = book.rule(ruleSlug);
  const found = book.find(code, ruleSlug);
  if (!found) return false;
  const reason = unusableReason(found, rule, now);
  if (reason && unusable === 'error') throw new RpcError('code_not_usable', { reason });
  if (!reason) book.use(found, client, now);
  return !reason;
}
