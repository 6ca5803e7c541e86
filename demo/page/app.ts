/** The QA page. It holds the scenario (what was chosen and done) and performs what its panels request. */

import { html, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { QaActionEvent, Settings, SettingsChangeEvent, StageEvent } from './qa-events.ts';
import type { SentTransfer } from './simulator-api.ts';
import './panels/cards-panel.ts';
import './panels/codes-panel.ts';
import { LiveLog } from './live-log.ts';
import './panels/log-panel.ts';
import { QaPanel } from './panels/qa-panel.ts';
import './panels/qa-panel.ts';
import './panels/jumps.ts';
import './panels/look-bar.ts';
import './panels/payment-panel.ts';
import './panels/phone-panel.ts';
import type { Stage } from './stage.ts';
import './stage.ts';
import './panels/states-panel.ts';
import './panels/wallet-panel.ts';
import './panels/environment-panel.ts';
import { orderFault } from './faults.ts';
import { marketOf } from './money.ts';
import { allMessages, smsOf, transferOf } from './phone-messages.ts';
import { isInPage, type QaConfig } from './qa-api.ts';
import { qaClient } from './qa-client.ts';
import { type ActingPage, doAction, showState } from './scenario-actions.ts';
import { readScenario, type Scenario, writeScenario } from './scenario-address.ts';
import { ScenarioRunner } from './scenario-runner.ts';
import { SmallScreen } from './small-screen.ts';
import { findState } from './states/customer-states.ts';
import type { BegunPayment } from './timeline.ts';

/** The scenario that the address asks for. */
const initial = readScenario(location.hash);

/** @element qa-page */
@customElement('qa-page')
export class QaPage extends QaPanel {
  @state() private scenario: Scenario = initial;
  @state() private config: QaConfig | null = null;
  @state() private address = '';
  @state() private trouble = '';
  /** The payment that was made last, and when that began. */
  @state() private payment: BegunPayment | null = null;
  /** A payment is being brought to a state. */
  @state() private busy = false;
  /** What was just done; shown for a moment and announced to a screen reader. */
  @state() private message = '';
  /** The last transfer of the wallet app. */
  @state() private sent: SentTransfer | null = null;
  /** The sheet of controls is open, on a small screen. */
  @state() private controlsOpen = false;
  @query('qa-stage') private readonly stage!: Stage;
  readonly #log = new LiveLog(this);
  readonly #screen = new SmallScreen(this);
  readonly #runner = this.#createRunner();
  readonly #actions = this.#createActions();

  protected override firstUpdated(): void {
    void this.#attempt(async () => {
      this.config = await qaClient.config();
      const { state: shown, faults: ordered, bff, paycodes, payme, code } = initial;
      if (shown) await showState(this.#actions, shown);
      for (const upstream of ['bff', 'paycodes', 'payme'] as const)
        if (initial[upstream]) await qaClient.moveClock(upstream, { aheadMs: initial[upstream] });
      for (const id of ordered) await orderFault(id);
      if (!shown) await this.#runner.open();
      this.#remember({ state: shown, faults: ordered, bff, paycodes, payme, code });
      // The clipboard needs a click, so in another origin's frame the code cannot be entered yet.
      if (code && isInPage(this.#settings.embed)) await this.stage.fillSoon(code);
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    document.documentElement.dataset.theme = this.#settings.theme;
  }

  protected override render() {
    const { ledger, walletLedger, cardLedger, cardBehaviour, entries, environment } = this.#log;
    const { settings, state: shown, faults: ordered } = this.scenario;
    const used = new Set(ledger?.uses.map((use) => use.code));
    const isSmall = this.#screen.isSmall;
    const look = html`<qa-look-bar .settings=${settings}></qa-look-bar>`;
    const jumps = html`<qa-jumps></qa-jumps>`;
    const walker = html`<qa-state-walker .shown=${shown} .busy=${this.busy}></qa-state-walker>`;
    return html`<qa-page-head .config=${this.config}></qa-page-head>
      <main
        data-width=${settings.width}
        @qa-action=${this.#perform}
        @qa-settings-change=${this.#choose}
        @qa-stage-event=${this.#logEvent}
      >
        <div class="view">
          <qa-environment-notice .environment=${environment}></qa-environment-notice>
          ${isSmall ? nothing : html`<div class="stage-head">${walker}${look}</div>`}
          <qa-stage .settings=${settings} .address=${this.address}></qa-stage>
          <qa-log-panel .entries=${entries} .payment=${this.payment} .words=${findState(shown)?.words ?? ''}></qa-log-panel>
        </div>
        <aside class="controls" ?data-open=${this.controlsOpen} aria-label="States and tools" @keydown=${this.#onSheetKey}>
          ${
            isSmall
              ? html`<div class="peek">${walker}<button class="chip" aria-expanded=${this.controlsOpen} aria-controls="tools"
                  @click=${this.#toggleTools}>${this.controlsOpen ? 'Close' : 'Tools'}</button></div>`
              : nothing
          }
          ${isSmall ? nothing : jumps}
          <qa-states-panel .shown=${shown} .busy=${this.busy}></qa-states-panel>
          <div class="tools" id="tools">
            ${isSmall ? [jumps, look] : nothing}
            <qa-payment-panel .settings=${settings} .trouble=${this.trouble}></qa-payment-panel>
            <qa-codes-panel .currency=${settings.currency} .used=${used}></qa-codes-panel>
            <qa-wallet-panel .transfer=${transferOf(this.stage)} .amount=${settings.amount} .currency=${settings.currency}
              .ledger=${walletLedger} .sent=${this.sent}></qa-wallet-panel>
            ${settings.currency === 'UZS' ? html`<qa-cards-panel .behaviour=${cardBehaviour}></qa-cards-panel>` : nothing}
            ${
              marketOf(settings.currency).good.length
                ? html`<qa-phone-panel .messages=${allMessages(ledger, cardLedger)} .wanted=${smsOf(this.stage)}></qa-phone-panel>`
                : nothing
            }
            <qa-environment-panel .environment=${environment} .uses=${ledger?.uses.length ?? 0} .ordered=${ordered}></qa-environment-panel>
          </div>
        </aside>
      </main>
      <p class="announcement" role="status" ?data-quiet=${!this.message}>${this.message}</p>`;
  }

  get #settings(): Settings {
    return this.scenario.settings;
  }

  #createRunner(): ScenarioRunner {
    const page = this;
    return new ScenarioRunner({
      get settings() {
        return page.#settings;
      },
      get stage() {
        return page.stage;
      },
      get bffUrl() {
        return page.config?.bffUrl ?? '';
      },
      choose: (change) => this.#remember({ settings: { ...this.#settings, ...change } }),
      show: (address) => {
        this.address = address;
      },
      begun: (order, since) => {
        this.payment = { order, since };
      },
    });
  }

  #createActions(): ActingPage {
    const page = this;
    return {
      get scenario() {
        return page.scenario;
      },
      get stage() {
        return page.stage;
      },
      runner: page.#runner,
      remember: (change) => page.#remember(change),
      announce: (words) => page.#announce(words),
      setBusy: (busy) => {
        page.busy = busy;
      },
      setSent: (sent) => {
        page.sent = sent;
      },
      clearLog: () => page.#log.clear(),
      openControls: (open) => page.#openControls(open),
    };
  }

  #choose = ({ change }: SettingsChangeEvent) => {
    this.#remember({ settings: { ...this.#settings, ...change } });
    const mustReload = 'embed' in change || (('lang' in change || 'theme' in change) && !this.stage.restyle(this.#settings));
    if (mustReload) this.#runner.show();
  };

  /** The previews come into view where the sheet gives way to them. */
  #openControls(open: boolean): void {
    this.controlsOpen = open;
    if (!open && this.stage.getBoundingClientRect().top < 0) this.stage.scrollIntoView({ block: 'start' });
  }

  #toggleTools = () => {
    this.#openControls(!this.controlsOpen);
    if (this.controlsOpen) void this.updateComplete.then(() => this.querySelector('#tools')?.scrollIntoView({ block: 'start' }));
  };

  #onSheetKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') this.controlsOpen = false;
  };

  #logEvent = ({ seen, size }: StageEvent) => {
    const where = size === 'wide' && this.#settings.width === 'both' ? ' · desktop' : '';
    this.#log.add({ kind: seen.kind, at: new Date(), text: seen.name + where, outcome: seen.detail, ok: seen.ok });
  };

  #perform = ({ action }: QaActionEvent) => void this.#attempt(() => doAction(this.#actions, action));

  /** Keeps the scenario in the address, so that another tester can open it. */
  #remember(change: Partial<Scenario>): void {
    this.scenario = { ...this.scenario, ...change };
    history.replaceState(null, '', `#${writeScenario(this.scenario)}`);
  }

  #announce(words: string): void {
    this.message = words;
    setTimeout(() => {
      if (this.message === words) this.message = '';
    }, 4_000);
  }

  async #attempt(act: () => Promise<void>): Promise<void> {
    try {
      this.trouble = '';
      await act();
      await this.#log.refresh();
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : String(error);
    }
  }
}
