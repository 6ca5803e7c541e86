/** What happened in the demo, in order, for the live log of the QA page: calls of the BFF, webhooks at the shop. Never a code, secret or key. */

import type { LogStream } from '../server/plugins/log.ts';
import type { JournalEntry } from './page/qa-api.ts';

export interface Journal {
  add(entry: Omit<JournalEntry, 'seq' | 'at'>): void;
  /** Entries newer than `seq`, oldest first. */
  after(seq: number): JournalEntry[];
}

/** Keeps the newest `size` entries. */
export function createJournal(size = 500): Journal {
  const entries: JournalEntry[] = [];
  let seq = 0;
  return {
    add(entry) {
      seq += 1;
      entries.push({ seq, at: new Date().toISOString(), ...entry });
      if (entries.length > size) entries.shift();
    },
    after: (known) => entries.filter((entry) => entry.seq > known),
  };
}

/** Reads the BFF's log, which holds routes and outcomes and never what was sent, into the journal. */
/** One line of the log, as far as the journal wants it. */
interface Line {
  level: string;
  req?: { method: string; route: string };
  res?: { statusCode: number };
  problem?: string;
}

/** Errors and worse are also shown where the demo was started. */
export const journalLog = (journal: Journal): LogStream => ({
  write(text) {
    const { level, req, res, problem }: Line = JSON.parse(text);
    if (level === 'error' || level === 'fatal') process.stderr.write(text);
    if (!req || !res || !/^\/(checkout|v1\/payments|postbacks)/.test(req.route)) return;
    const outcome = [res.statusCode, problem].filter(Boolean).join(' ');
    journal.add({ kind: 'bff', text: `${req.method} ${req.route}`, outcome, ok: res.statusCode < 400 });
  },
});
