/**
 * Collects the live log: what the checkouts show and fire, calls of the BFF and of the services, and the shop’s webhooks; with the
 * ledgers, the clocks and the line.
 */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Environment, unchanged } from './panels/environment-panel.ts';
import type { JournalEntry } from './qa-api.ts';
import { moved, NewCalls, qaClient } from './qa-client.ts';
import type { SeenEvent } from './qa-events.ts';
import type { CardBehaviour, CardLedger, CodeLedger, Upstream, WalletLedger } from './simulator-api.ts';

/** One line of the log. `at` is real time: times of a simulator's clock are moved back by as much as it is ahead. */
export interface LogEntry extends Pick<JournalEntry, 'text' | 'outcome' | 'ok' | 'ms' | 'paymentId'> {
  kind: SeenEvent['kind'] | Upstream | JournalEntry['kind'];
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
