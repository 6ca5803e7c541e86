/**
 * What happened, newest first: events of the widget, calls of the BFF, upstream calls, webhooks; and what the world is like meanwhile.
 * Times are real ones: those of the simulator, whose clock can be moved, are moved back, for a log that jumps cannot be read.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { JournalEntry } from './qa-api.ts';
import { type Ledger, qaClient } from './qa-client.ts';
import { inOrder, moved, type World } from './world.ts';

export interface LogEntry extends Pick<JournalEntry, 'text' | 'outcome' | 'ok'> {
  kind: 'event' | 'upstream' | JournalEntry['kind'];
  at: Date;
}

export class LiveLog implements ReactiveController {
  entries: LogEntry[] = [];
  ledger: Ledger | null = null;
  world: World = inOrder;
  #timer: ReturnType<typeof setInterval> | undefined;
  #journalSeen = 0;
  #callsSeen = 0;
  /** When it came in. */
  #firstCall: string | undefined;
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

  add(...entries: LogEntry[]): void {
    if (entries.length === 0) return;
    this.entries = [...entries.reverse(), ...this.entries]
      .sort((one, other) => other.at.getTime() - one.at.getTime())
      .slice(0, 300);
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
      const [journal, ledger, clock, line] = await Promise.all([
        qaClient.journal(this.#journalSeen),
        qaClient.ledger(),
        qaClient.clock(),
        qaClient.line(),
      ]);
      this.#journalSeen = journal.at(-1)?.seq ?? this.#journalSeen;
      this.add(...journal.map(({ at, seq: _, ...entry }) => ({ ...entry, at: new Date(at) })), ...this.#newCalls(ledger));
      this.ledger = ledger;
      const simulatorAheadMs = moved(Date.parse(ledger.now) - Date.now());
      this.world = { bffAheadMs: moved(clock.aheadMs), simulatorAheadMs, line: line.mode };
      this.#host.requestUpdate();
    } catch {
      // The demo was stopped, or is being restarted: the next second asks again.
    } finally {
      this.#asking = false;
    }
  }

  #newCalls(ledger: Ledger): LogEntry[] {
    // Another first call: the simulator was reset, and however many there are, none of them was seen.
    const first = ledger.calls[0]?.at;
    if (first !== this.#firstCall || ledger.calls.length < this.#callsSeen) this.#callsSeen = 0;
    this.#firstCall = first;
    const calls = ledger.calls.slice(this.#callsSeen);
    this.#callsSeen = ledger.calls.length;
    const ahead = Date.parse(ledger.now) - Date.now();
    return calls.map(({ at, method, code = '', ruleSlug = '', outcome, fault }) => ({
      kind: 'upstream',
      at: new Date(Date.parse(at) - ahead),
      text: `${method} ${ruleSlug} ····${code.slice(-4)}`,
      outcome: fault ? `${outcome}, ${fault}` : outcome,
      ok: !fault && !/error|false/.test(outcome),
    }));
  }
}
