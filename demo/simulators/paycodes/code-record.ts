/** A code and a rule as the simulated PayCodes stores them, and when a code can be used. */
import { parseTimestamp } from '../../../server/clients/paycodes/schema.ts';
import { RpcError } from './rpc-error.ts';

/** A code. Times are milliseconds since the epoch. */
export interface CodeRecord {
  id: number;
  code: string;
  ruleSlug: string;
  creator: string;
  genTime: number;
  /** Usable from; null: always. */
  startTime: number | null;
  /** Usable before this moment; null: for ever. */
  endTime: number | null;
  useTime: number | null;
  /** Who used it. */
  client: string | null;
  isActive: boolean;
}

/** A rule, as stored and as sent: the 18 fields of the documents, in their spelling. */
export interface RuleRecord {
  id: number;
  slug: string;
  description: string | null;
  is_active: boolean;
  pattern_slug: string;
  /** Misspelt by the service. */
  code_lenght: number;
  /** Minor units. */
  price: number | null;
  /** For how many days a code without its own end can be used. */
  code_expiration: number | null;
  code_duration: number | null;
  code_duration_date: string | null;
  application_id: number;
  channel_id: number | null;
  merchant_id: number | null;
  sap_id: number | null;
  prod_id: number | null;
  prod_cat_id: number | null;
  prod_subcat_id: number | null;
  config: Record<string, unknown> | null;
}

/** Why a code cannot be used now; undefined where it can. */
export function unusableReason(code: CodeRecord, rule: RuleRecord, now: number): string | undefined {
  if (code.useTime !== null) return 'used';
  if (!rule.is_active) return 'rule_inactive';
  if (!code.isActive) return 'inactive';
  if (code.startTime !== null && now < code.startTime) return 'not_yet_valid';
  if (code.endTime !== null && now >= code.endTime) return 'expired';
  return undefined;
}

const zone = 'Europe/Warsaw';
const day = 86_400_000;

export interface Days {
  /** `YYYY-MM-DD` */
  valid_from?: string | null | undefined;
  /** `YYYY-MM-DD` */
  valid_to?: string | null | undefined;
}

/**
 * From when and until when a new code can be used. Days are those of Warsaw, and the last one is included, which is a guess.
 * @throws {RpcError} bad_dates
 */
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

type Time = 'genTime' | 'startTime' | 'endTime' | 'useTime';
/** A code as the ledger shows it, with times in ISO 8601. */
export type LedgerCode = Omit<CodeRecord, Time> & Record<Time, string | null>;

export function ledgerCode(code: CodeRecord): LedgerCode {
  const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());
  return {
    ...code,
    genTime: iso(code.genTime),
    startTime: iso(code.startTime),
    endTime: iso(code.endTime),
    useTime: iso(code.useTime),
  };
}
