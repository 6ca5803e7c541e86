/** The QA page: holds what was chosen and done, and does what the panels ask. */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import './panels/cards-panel.ts';
import './panels/codes-panel.ts';
import { LiveLog } from './panels/log-panel.ts';
import './panels/log-panel.ts';
import { QaPanel } from './panels/qa-panel.ts';
import './panels/qa-panel.ts';
import './panels/payment-panel.ts';
import './panels/phone-panel.ts';
import type { Stage } from './stage.ts';
import './stage.ts';
import './panels/states-panel.ts';
import type { SentTransfer } from './panels/wallet-panel.ts';
import './panels/wallet-panel.ts';
import './panels/environment-panel.ts';
import { orderMishap } from './faults.ts';
import { marketOf } from './money.ts';
import { allMessages, smsOf, transferOf } from './phone-messages.ts';
import type { StageEvent } from './preview.ts';
import { isInPage, type QaConfig } from './qa-api.ts';
import { qaClient } from './qa-client.ts';
import { type ActingPage, doAction, type QaActionEvent, showState } from './scenario-actions.ts';
import { readScenario, type Scenario, type Settings, type SettingsChangeEvent, writeScenario } from './scenario-address.ts';
import { ScenarioRunner } from './scenario-runner.ts';

const begun = readScenario(location.hash);

/** @element qa-desk */
@customElement('qa-desk')
export class QaDesk extends QaPanel {
  @state() private scenario: Scenario = begun;
  @state() private config: QaConfig | null = null;
  @state() private address = '';
  @state() private trouble = '';
  /** A state is being brought about. */
  @state() private busy = false;
  /** What was just done, said for a moment and to a screen reader. */
  @state() private said = '';
  /** What was paid in the wallet app last. */
  @state() private sent: SentTransfer | null = null;
  @query('qa-stage') private readonly stage!: Stage;
  readonly #log = new LiveLog(this);
  readonly #director = this.#direct();
  readonly #acting = this.#act();

  protected override firstUpdated(): void {
    void this.#attempt(async () => {
      this.config = await qaClient.config();
      const { state: shown, mishaps: ordered, bff, paycodes, payme, code } = begun;
      if (shown) await showState(this.#acting, shown);
      for (const upstream of ['bff', 'paycodes', 'payme'] as const)
        if (begun[upstream]) await qaClient.moveClock(upstream, { aheadMs: begun[upstream] });
      for (const id of ordered) await orderMishap(id);
      if (!shown) await this.#director.open();
      this.#remember({ state: shown, mishaps: ordered, bff, paycodes, payme, code });
      // Nobody has clicked yet, so for another origin's frame the clipboard is closed.
      if (code && isInPage(this.#settings.embed)) this.stage.fill(code);
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    document.documentElement.dataset.theme = this.#settings.theme;
  }

  protected override render() {
    const { ledger, walletLedger, cardLedger, cardBehaviour, entries, world } = this.#log;
    const { settings, state: shown, mishaps: ordered } = this.scenario;
    const used = new Set(ledger?.uses.map((use) => use.code));
    return html`<qa-page-head .config=${this.config}></qa-page-head>
      <main
        data-width=${settings.width}
        @qa-action=${this.#do}
        @qa-settings-change=${this.#choose}
        @qa-stage-event=${this.#note}
      >
        <qa-world-notice .world=${world}></qa-world-notice>
        <div class="column">
          <qa-states-panel .shown=${shown} .busy=${this.busy}></qa-states-panel>
          <qa-codes-panel .currency=${settings.currency} .used=${used}></qa-codes-panel>
          <qa-wallet-panel .transfer=${transferOf(this.stage)} .amount=${settings.amount} .currency=${settings.currency}
            .ledger=${walletLedger} .sent=${this.sent}></qa-wallet-panel>
          ${settings.currency === 'UZS' ? html`<qa-cards-panel .behaviour=${cardBehaviour}></qa-cards-panel>` : nothing}
          ${
            marketOf(settings.currency).good.length
              ? html`<qa-phone-panel .messages=${allMessages(ledger, cardLedger)} .wanted=${smsOf(this.stage)}></qa-phone-panel>`
              : nothing
          }
        </div>
        <qa-look-bar .settings=${settings}></qa-look-bar>
        <qa-stage .settings=${settings} .address=${this.address}></qa-stage>
        <qa-log-panel .entries=${entries}></qa-log-panel>
        <qa-payment-panel .settings=${settings} .trouble=${this.trouble}></qa-payment-panel>
        <qa-world-panel .world=${world} .uses=${ledger?.uses.length ?? 0} .ordered=${ordered}></qa-world-panel>
      </main>
      <p class="said" role="status" ?data-quiet=${!this.said}>${this.said}</p>`;
  }

  get #settings(): Settings {
    return this.scenario.settings;
  }

  #direct(): ScenarioRunner {
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
    });
  }

  #act(): ActingPage {
    const page = this;
    return {
      get scenario() {
        return page.scenario;
      },
      get stage() {
        return page.stage;
      },
      director: page.#director,
      remember: (change) => page.#remember(change),
      say: (words) => page.#say(words),
      setBusy: (busy) => {
        page.busy = busy;
      },
      setSent: (sent) => {
        page.sent = sent;
      },
      clearLog: () => page.#log.clear(),
    };
  }

  #choose = ({ change }: SettingsChangeEvent) => {
    this.#remember({ settings: { ...this.#settings, ...change } });
    const anew = 'embed' in change || (('lang' in change || 'theme' in change) && !this.stage.restyle(this.#settings));
    if (anew) this.#director.show();
  };

  #note = ({ seen, size }: StageEvent) => {
    const where = size === 'wide' && this.#settings.width === 'both' ? ' · desktop' : '';
    this.#log.add({ kind: 'event', at: new Date(), text: seen.name + where, outcome: seen.detail, ok: seen.ok });
  };

  #do = ({ action }: QaActionEvent) => void this.#attempt(() => doAction(this.#acting, action));

  /** The address of the page can be handed on: it brings another tester here. */
  #remember(change: Partial<Scenario>): void {
    this.scenario = { ...this.scenario, ...change };
    history.replaceState(null, '', `#${writeScenario(this.scenario)}`);
  }

  #say(words: string): void {
    this.said = words;
    setTimeout(() => {
      if (this.said === words) this.said = '';
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
