/** What happened in the demo, in order, for the live log of the QA page: calls of the BFF, webhooks at the shop. Never a code, secret or key. */
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
