/**
 * What happened, in the order this page learnt of it: events of the widget, calls of the BFF, upstream calls, webhooks.
 * Times are the browser's: the simulator's clock can be moved, and a log that jumps cannot be read.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { JournalEntry } from './qa-api.ts';
import { type Ledger, qaClient } from './qa-client.ts';

export interface LogEntry extends Pick<JournalEntry, 'text' | 'outcome' | 'ok'> {
  kind: 'event' | 'upstream' | JournalEntry['kind'];
  at: Date;
}

export class LiveLog implements ReactiveController {
  entries: LogEntry[] = [];
  ledger: Ledger | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;
  #journalSeen = 0;
  #callsSeen = 0;
  #asking = false;
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    void this.refresh();
    this.#timer = setInterval(() => document.hidden || void this.refresh(), 1_000);
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
  }

  add(entry: Omit<LogEntry, 'at'>): void {
    this.entries = [{ ...entry, at: new Date() }, ...this.entries].slice(0, 300);
    this.#host.requestUpdate();
  }

  clear(): void {
    this.entries = [];
    this.#host.requestUpdate();
  }

  async refresh(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      const [journal, ledger] = await Promise.all([qaClient.journal(this.#journalSeen), qaClient.ledger()]);
      this.#takeCalls(ledger);
      for (const { seq, kind, text, outcome, ok } of journal) {
        this.#journalSeen = seq;
        this.add({ kind, text, outcome, ok });
      }
    } catch {
      // The demo was stopped, or is being restarted: the next second asks again.
    } finally {
      this.#asking = false;
    }
  }

  #takeCalls(ledger: Ledger): void {
    if (ledger.calls.length < this.#callsSeen) this.#callsSeen = 0;
    for (const { method, code = '', ruleSlug = '', outcome, fault } of ledger.calls.slice(this.#callsSeen)) {
      const met = fault ? `${outcome}, ${fault}` : outcome;
      this.add({
        kind: 'upstream',
        text: `${method} ${ruleSlug} ····${code.slice(-4)}`,
        outcome: met,
        ok: !fault && !/error|false/.test(outcome),
      });
    }
    this.#callsSeen = ledger.calls.length;
    this.ledger = ledger;
    this.#host.requestUpdate();
  }
}
