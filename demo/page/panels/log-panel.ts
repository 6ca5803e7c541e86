/**
 * The live log: events of the widget, calls of the BFF and of the services, and the shop’s webhooks. It can be filtered, and
 * copied as text.
 */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { JournalEntry } from '../qa-api.ts';
import { NewCalls, qaClient } from '../qa-client.ts';
import type { CardBehaviour, CardLedger, CodeLedger, Upstream, WalletLedger } from '../simulator-api.ts';
import { type Environment, moved, unchanged } from './environment-panel.ts';
import { QaPanel } from './qa-panel.ts';

const kinds: [kind: LogEntry['kind'], words: string][] = [
  ['event', 'Events'],
  ['bff', 'BFF'],
  ['paycodes', 'PayCodes'],
  ['paykassma', 'Paykassma'],
  ['payme', 'Payme'],
  ['webhook', 'Webhooks'],
];

/**
 * @element qa-log-panel
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-log-panel')
export class LogPanel extends QaPanel {
  /** Newest first. */
  @property({ attribute: false }) entries: readonly LogEntry[] = [];
  @state() private hidden_: ReadonlySet<LogEntry['kind']> = new Set();
  @state() private wanted = '';
  @state() private copied = false;

  protected override render() {
    const shown = this.#shown();
    return html`<section class="panel log" aria-labelledby="log-title">
      <div class="head">
        <h2 id="log-title">Live log</h2>
        <div class="chips">
          <button class="chip" @click=${this.#copy}>${this.copied ? 'Copied' : 'Copy'}</button>
          <button class="chip" @click=${() => this.request({ do: 'clear-log' })}>Clear</button>
        </div>
      </div>
      <div class="chips">
        ${kinds.map(
          ([
            kind,
            words,
          ]) => html`<button class="chip" data-kind=${kind} aria-pressed=${!this.hidden_.has(kind)} @click=${() => this.#toggle(kind)}>
            ${words}
          </button>`,
        )}
        <input class="search" type="search" aria-label="Filter the log" placeholder="Filter…" autocomplete="off"
          @input=${this.#search} />
      </div>
      <ol tabindex="0" aria-label="Log entries">
        ${shown.map(
          ({ at, kind, text, outcome, ok }) => html`<li data-kind=${kind} ?data-bad=${!ok}>
            <time>${at.toLocaleTimeString('en-GB')}</time><span class="what">${text}</span><span class="outcome">${outcome}</span>
          </li>`,
        )}
      </ol>
      ${shown.length ? null : html`<p class="muted small">${this.entries.length ? 'No entry matches.' : 'Nothing yet.'}</p>`}
    </section>`;
  }

  #shown(): LogEntry[] {
    return this.entries.filter(
      ({ kind, text, outcome }) => !this.hidden_.has(kind) && `${text} ${outcome}`.toLowerCase().includes(this.wanted),
    );
  }

  #search = (event: Event) => {
    this.wanted = (event.target as HTMLInputElement).value.trim().toLowerCase();
  };

  /** Copies what is shown, oldest first. */
  #copy = async () => {
    const lines = this.#shown().map(({ at, kind, text, outcome }) => [at.toISOString(), kind, text, outcome].join('\t'));
    await navigator.clipboard.writeText(lines.reverse().join('\n'));
    this.copied = true;
    setTimeout(() => {
      this.copied = false;
    }, 2_000);
  };

  #toggle(kind: LogEntry['kind']): void {
    const hidden = new Set(this.hidden_);
    if (!hidden.delete(kind)) hidden.add(kind);
    this.hidden_ = hidden;
  }
}

/** One line of the log. `at` is real time: times of a simulator's clock are moved back by as much as it is ahead. */
export interface LogEntry extends Pick<JournalEntry, 'text' | 'outcome' | 'ok'> {
  kind: 'event' | Upstream | JournalEntry['kind'];
  at: Date;
}

/** Collects the log, newest first, with the ledgers, the clocks and the line, once a second while the page is visible. */
export class LiveLog implements ReactiveController {
  entries: LogEntry[] = [];
  ledger: CodeLedger | null = null;
  walletLedger: WalletLedger | null = null;
  cardLedger: CardLedger | null = null;
  cardBehaviour: Required<CardBehaviour> | null = null;
  environment: Environment = unchanged;
  #timer: ReturnType<typeof setInterval> | undefined;
  #journalSeen = 0;
  readonly #paycodes = new NewCalls<CodeLedger['calls'][number]>();
  readonly #paykassma = new NewCalls<WalletLedger['calls'][number]>();
  readonly #payme = new NewCalls<CardLedger['calls'][number]>();
  #refreshing = false;
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
    if (this.#refreshing) return;
    this.#refreshing = true;
    try {
      const [journal, ledger, walletLedger, cardLedger, cardBehaviour, clock, line] = await Promise.all([
        qaClient.journal(this.#journalSeen),
        qaClient.ledger(),
        qaClient.walletLedger(),
        qaClient.cardLedger(),
        qaClient.cardBehaviour(),
        qaClient.clock(),
        qaClient.line(),
      ]);
      this.#journalSeen = journal.at(-1)?.seq ?? this.#journalSeen;
      this.add(
        ...journal.map(({ at, seq: _, ...entry }) => ({ ...entry, at: new Date(at) })),
        ...this.#codeCalls(ledger),
        ...this.#walletCalls(walletLedger),
        ...this.#cardCalls(cardLedger),
      );
      Object.assign(this, { ledger, walletLedger, cardLedger, cardBehaviour });
      const ahead = ({ now }: { now: string }) => moved(Date.parse(now) - Date.now());
      this.environment = {
        aheadMs: { bff: moved(clock.aheadMs), paycodes: ahead(ledger), payme: ahead(cardLedger) },
        line: line.mode,
      };
      this.#host.requestUpdate();
    } catch {
      // The demo was stopped or is being started again: the next refresh is a second away.
    } finally {
      this.#refreshing = false;
    }
  }

  #codeCalls(ledger: CodeLedger): LogEntry[] {
    return this.#paycodes.of(ledger).map(({ at, method, code = '', ruleSlug = '', outcome, fault }) => ({
      kind: 'paycodes',
      at,
      text: `${method} ${ruleSlug} ····${code.slice(-4)}`,
      outcome: fault ? `${outcome}, ${fault}` : outcome,
      ok: !fault && !/error|false/.test(outcome),
    }));
  }

  #walletCalls(ledger: WalletLedger): LogEntry[] {
    return this.#paykassma.of(ledger).map(({ at, operation, wallet_type = '', key1, outcome, fault }) => ({
      kind: 'paykassma',
      at,
      text: `${operation} ${wallet_type} ${key1 ? `····${key1.slice(-4)}` : ''}`.trimEnd(),
      outcome: fault ? `${outcome}, ${fault}` : outcome,
      ok: !fault && !/fail|wrong|http500/.test(outcome),
    }));
  }

  #cardCalls(ledger: CardLedger): LogEntry[] {
    return this.#payme.of(ledger).map(({ at, method, card, receipt = '', outcome, fault }) => ({
      kind: 'payme',
      at,
      text: `${method} ····${card ?? receipt.slice(-4)}`,
      outcome: fault ? `${outcome}, ${fault}` : outcome,
      ok: !fault && !/error/.test(outcome),
    }));
  }
}
