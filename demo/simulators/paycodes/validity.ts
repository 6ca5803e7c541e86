/** The first and last instant of a new code, from the days it was ordered for. Days are Warsaw's; the last one counts whole (a guess). */
import { parseTimestamp } from '../../../server/clients/paycodes/timestamp.ts';
import { RpcError } from './rpc-error.ts';
import type { RuleRecord } from './rule-record.ts';

const zone = 'Europe/Warsaw';
const day = 86_400_000;

export interface Days {
  /** `YYYY-MM-DD` */
  valid_from?: string | null | undefined;
  /** `YYYY-MM-DD` */
  valid_to?: string | null | undefined;
}

/** @throws {RpcError} bad_dates */
export function validity(
  { valid_from, valid_to }: Days,
  rule: RuleRecord,
  now: number,
): { startTime: number; endTime: number | null } {
  const startTime = valid_from ? instant(valid_from, '00:00:00') : now;
  if (!valid_to) return { startTime, endTime: rule.code_expiration === null ? null : startTime + rule.code_expiration * day };
  const endTime = instant(valid_to, '23:59:59.999');
  if (endTime < startTime) throw new RpcError('bad_dates');
  return { startTime, endTime };
}

function instant(date: string, clock: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(date) ? parseTimestamp(`${date} ${clock}`, zone) : undefined;
  if (!time) throw new RpcError('bad_dates');
  return time.getTime();
}
