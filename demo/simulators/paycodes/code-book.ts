/** The books of the simulated PayCodes: rules, codes and uses. All methods are synchronous, and so atomic. */

import { randomInt } from 'node:crypto';
import { type CodeRecord, type Days, type RuleRecord, validity } from './code-record.ts';
import { RpcError } from './rpc-error.ts';
import { pattern, seedCodes, seedRules } from './seed.ts';

export interface Use {
  code: string;
  ruleSlug: string;
  client: string;
  /** ISO 8601. */
  useTime: string;
}

/** The whole state but for the rules, which never change. */
export interface CodeBookState {
  nextId: number;
  codes: readonly CodeRecord[];
  uses: readonly Use[];
}

export interface CodeBook {
  /** @throws {RpcError} rule_not_found */
  rule(slug: string): RuleRecord;
  /** A code belongs to its rule: the same characters under another rule are another code. */
  find(code: string, ruleSlug: string): CodeRecord | undefined;
  add(codes: readonly Omit<CodeRecord, 'id'>[]): void;
  /** Marks a code as used and records the use. The caller has checked that it can be used. */
  use(code: CodeRecord, client: string, now: number): void;
  /** All codes, but for bulk codes that are not used: they would be too many to read. */
  codes(): readonly CodeRecord[];
  /** The bulk codes that are not used. */
  unusedBulk(): readonly string[];
  uses(): readonly Use[];
  reset(now: number): void;
  state(): CodeBookState;
  /** Replaces the whole state. */
  load(state: CodeBookState): void;
}

/** Many valid codes, for tests of guessing. */
export interface Bulk {
  ruleSlug: string;
  count: number;
}

/** @throws {RpcError} Where there is no rule for `bulk`, or it is inactive. */
export function createCodeBook(now: number, bulk?: Bulk): CodeBook {
  let rules = new Map<string, RuleRecord>();
  let codes = new Map<string, CodeRecord>();
  let uses: Use[] = [];
  // Never repeated, as in a real ledger: neither after a reset nor by the next start beside an older database of payments.
  let nextId = Math.floor(now / 100);
  const key = (code: string, ruleSlug: string) => `${ruleSlug} ${code}`;
  const book: CodeBook = {
    rule(slug) {
      const rule = rules.get(slug);
      if (!rule) throw new RpcError('rule_not_found');
      return rule;
    },
    find: (code, ruleSlug) => codes.get(key(code, ruleSlug)),
    add(fresh) {
      for (const code of fresh) {
        codes.set(key(code.code, code.ruleSlug), { ...code, id: nextId });
        nextId += 1;
      }
    },
    use(code, client, at) {
      code.useTime = at;
      code.client = client;
      code.isActive = false;
      uses.push({ code: code.code, ruleSlug: code.ruleSlug, client, useTime: new Date(at).toISOString() });
    },
    codes: () => [...codes.values()].filter((code) => !isUnusedBulk(code)),
    unusedBulk: () => [...codes.values()].filter(isUnusedBulk).map(({ code }) => code),
    uses: () => uses,
    reset(at) {
      rules = new Map(seedRules().map((rule) => [rule.slug, rule]));
      codes = new Map();
      book.add(seedCodes(at));
      if (bulk) generateCodes(book, { rule_slug: bulk.ruleSlug, creator: bulkCreator }, bulk.count, at);
      uses = [];
    },
    state: () => ({ nextId, codes: [...codes.values()], uses }),
    load(state) {
      nextId = state.nextId;
      codes = new Map(state.codes.map((code) => [key(code.code, code.ruleSlug), { ...code }]));
      uses = [...state.uses];
    },
  };
  book.reset(now);
  return book;
}

const bulkCreator = 'seed-bulk';
const isUnusedBulk = ({ creator, useTime }: CodeRecord) => creator === bulkCreator && useTime === null;

export interface Order extends Days {
  rule_slug: string;
  creator: string;
}

/**
 * Generates `count` codes of a rule, or none.
 * @throws {RpcError} rule_not_found, rule_inactive, bad_dates, code_space_exhausted
 */
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

const redraws = 20;

/** Draws a code that the rule does not have yet. @throws {RpcError} code_space_exhausted */
function drawCode(rule: RuleRecord, isTaken: (code: string) => boolean): string {
  for (let draw = 0; draw <= redraws; draw += 1) {
    const code = Array.from({ length: rule.code_lenght }, () => pattern.pattern[randomInt(pattern.pattern.length)]).join('');
    if (!isTaken(code)) return code;
  }
  throw new RpcError('code_space_exhausted');
}
