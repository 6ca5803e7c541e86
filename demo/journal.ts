/**
 * What happened in the demo, for the live log of the QA page: calls of the BFF and webhooks at the shop, without codes, secrets
 * and keys.
 */
import type { LogStream } from '../server/plugins/log.ts';
import type { JournalEntry } from './page/qa-api.ts';

export interface Journal {
  add(entry: Omit<JournalEntry, 'seq' | 'at'>): void;
  /** Entries newer than `seq`, oldest first. */
  after(seq: number): JournalEntry[];
}

/** @param size How many of the newest entries are kept. */
export function createJournal(size = 500): Journal {
  const entries: JournalEntry[] = [];
  let seq = 0;
  return {
    add(entry) {
      seq += 1;
      entries.push({ seq, at: new Date().toISOString(), ...entry });
      if (entries.length > size) entries.shift();
    },
    after: (seen) => entries.filter((entry) => entry.seq > seen),
  };
}

/** The fields of a log line that the journal uses. */
interface LogLine {
  level: string;
  req?: { method: string; route: string };
  res?: { statusCode: number };
  problem?: string;
  responseTime?: number;
}

/**
 * Copies the BFF's log into the journal. It holds routes and outcomes, and never what was sent. Errors go to the terminal too.
 */
export const journalLog = (journal: Journal): LogStream => ({
  write(text) {
    const { level, req, res, problem, responseTime: ms = 0 }: LogLine = JSON.parse(text);
    if (level === 'error' || level === 'fatal') process.stderr.write(text);
    if (!req || !res || !/^\/(checkout|v1\/payments|postbacks)/.test(req.route)) return;
    const outcome = [res.statusCode, problem].filter(Boolean).join(' ');
    journal.add({ kind: 'bff', text: `${req.method} ${req.route}`, outcome, ok: res.statusCode < 400, ms });
  },
});
