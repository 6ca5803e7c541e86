/** Draws a code that its rule does not have yet. */
import { randomInt } from 'node:crypto';
import { RpcError } from './rpc-error.ts';
import type { RuleRecord } from './rule-record.ts';
import { pattern } from './seed-rules.ts';

const redraws = 20;

/** @throws {RpcError} code_space_exhausted */
export function drawCode(rule: RuleRecord, isTaken: (code: string) => boolean): string {
  for (let draw = 0; draw <= redraws; draw += 1) {
    const code = Array.from({ length: rule.code_lenght }, () => pattern.pattern[randomInt(pattern.pattern.length)]).join('');
    if (!isTaken(code)) return code;
  }
  throw new RpcError('code_space_exhausted');
}
