/** A code as the ledger shows it: times as ISO 8601. */
import type { CodeRecord } from './code-record.ts';

type Time = 'genTime' | 'startTime' | 'endTime' | 'useTime';
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
