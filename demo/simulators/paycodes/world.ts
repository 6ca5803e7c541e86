/** What a method works on: the book, the present time, and how unusable codes are told. */
import type { CodeBook } from './code-book.ts';
import { unusableReason } from './code-record.ts';
import { RpcError } from './rpc-error.ts';
import type { Settings } from './settings.ts';

export interface World {
  book: CodeBook;
  /** Milliseconds since the epoch, by the simulated clock. */
  now: number;
  unusable: Settings['unusable'];
}

/** Uses a code if it can be used: one synchronous step, so nothing comes between the test and the use. */
/** @returns whether this call used it. @throws {RpcError} rule_not_found; code_not_usable where that style is chosen */
export function useCode({ book, now, unusable }: World, code: string, ruleSlug: string, client: string): boolean {
  const rule = book.rule(ruleSlug);
  const found = book.find(code, ruleSlug);
  if (!found) return false;
  const reason = unusableReason(found, rule, now);
  if (reason && unusable === 'error') throw new RpcError('code_not_usable', { reason });
  if (!reason) book.use(found, client, now);
  return !reason;
}
