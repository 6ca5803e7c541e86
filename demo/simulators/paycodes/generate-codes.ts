/** Makes fresh codes of a rule: all that were asked for, or none. */
import type { CodeBook } from './code-book.ts';
import { drawCode } from './draw-code.ts';
import { RpcError } from './rpc-error.ts';
import { type Days, validity } from './validity.ts';

export interface Order extends Days {
  rule_slug: string;
  creator: string;
}

/** @throws {RpcError} rule_not_found, rule_inactive, bad_dates, code_space_exhausted */
export function generateCodes(book: CodeBook, order: Order, count: number, now: number): string[] {
  const rule = book.rule(order.rule_slug);
  if (!rule.is_active) throw new RpcError('rule_inactive');
  const fresh = { ruleSlug: rule.slug, creator: order.creator, genTime: now, useTime: null, client: null, isActive: true };
  const record = { ...fresh, ...validity(order, rule, now) };
  const drawn = new Set<string>();
  while (drawn.size < count) drawn.add(drawCode(rule, (code) => drawn.has(code) || book.find(code, rule.slug) !== undefined));
  book.add([...drawn].map((code) => ({ ...record, code })));
  return [...drawn];
}
