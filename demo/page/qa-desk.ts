/** The QA page: holds what was chosen and the payment on show, and does what the panels ask. */
import { html } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import './codes-panel.ts';
import './log-panel.ts';
import './page-head.ts';
import './payment-panel.ts';
import './simulator-panel.ts';
import './stage.ts';
import { guessWrongly } from './guess-wrongly.ts';
import { LiveLog } from './live-log.ts';
import { parseAmount } from './parse-amount.ts';
import type { QaAction, QaActionEvent } from './qa-action.ts';
import type { OrderView, QaConfig, SecretOnPage } from './qa-api.ts';
import { qaClient } from './qa-client.ts';
import { QaPanel } from './qa-panel.ts';
import { readScenario, writeScenario } from './scenario-address.ts';
import type { Settings, SettingsChangeEvent } from './settings.ts';
import type { Stage } from './stage.ts';
import type { StageEvent } from './stage-event.ts';

/** @element qa-desk */
@customElement('qa-desk')
export class QaDesk extends QaPanel {
  @state() private settings: Settings = readScenario(location.hash).settings;
  @state() private config: QaConfig | null = null;
  @state() private address = '';
  @state() private trouble = '';
  /** What was just done, said for a moment and to a screen reader. */
  @state() private said = '';
  @query('qa-stage') private readonly stage!: Stage;
  #order: OrderView | null = null;
  readonly #log = new LiveLog(this);

  protected override firstUpdated(): void {
    document.documentElement.dataset.theme = this.settings.theme;
    const { code } = readScenario(location.hash);
    void this.#attempt(async () => {
      this.config = await qaClient.config();
      await this.#newPayment({});
      if (!code || this.settings.embed === 'plugin') return; // nobody has clicked yet, so the clipboard is closed
      await this.stage.ready();
      this.stage.fill(code);
    });
  }

  protected override render() {
    const { ledger, entries } = this.#log;
    return html`<qa-page-head .config=${this.config}></qa-page-head>
      <main @qa-action=${this.#act} @qa-settings-change=${this.#choose} @qa-stage-event=${this.#note}>
        <div class="column">
          <qa-payment-panel .settings=${this.settings} .trouble=${this.trouble}></qa-payment-panel>
          <qa-simulator-panel .now=${ledger?.now ?? ''} .uses=${ledger?.uses.length ?? 0}></qa-simulator-panel>
        </div>
        <div class="column">
          <qa-stage .settings=${this.settings} .address=${this.address}></qa-stage>
        </div>
        <div class="column">
          <qa-codes-panel .currency=${this.settings.currency} .used=${new Set(ledger?.uses.map((use) => use.code))}></qa-codes-panel>
          <qa-log-panel .entries=${entries}></qa-log-panel>
        </div>
      </main>
      <p class="said" role="status" ?data-quiet=${!this.said}>${this.said}</p>`;
  }

  #choose = ({ change }: SettingsChangeEvent) => {
    this.settings = { ...this.settings, ...change };
    document.documentElement.dataset.theme = this.settings.theme;
    this.#remember();
    const anew = 'embed' in change || (('lang' in change || 'theme' in change) && !this.stage.restyle(this.settings));
    if (anew) this.#show(this.#order);
  };

  #note = ({ seen }: StageEvent) => {
    this.#log.add({ kind: 'event', at: new Date(), text: seen.name, outcome: seen.detail, ok: seen.ok });
  };

  #act = ({ action }: QaActionEvent) => void this.#attempt(() => this.#do(action));

  async #do(action: QaAction): Promise<void> {
    switch (action.do) {
      case 'new-payment':
        return this.#newPayment(action);
      case 'fill':
        return this.#fill(action.code);
      case 'cancel':
        return this.#cancel();
      case 'guess':
        return this.#guess();
      case 'reset':
        await qaClient.reset();
        return this.#say('The simulator is as on its first day');
      case 'advance':
        return this.#say(`The simulator’s clock says ${(await qaClient.advance(action.ms)).now.slice(0, 16)}`);
      case 'faults':
        for (const fault of action.faults) await qaClient.fault(fault);
        return this.#say('Ordered: the next payment meets it');
      case 'clear-log':
        return this.#log.clear();
    }
  }

  async #newPayment({ lifetime, secret }: { lifetime?: number; secret?: SecretOnPage }): Promise<void> {
    const { amount: typed, currency, lang } = this.settings;
    const amount = parseAmount(typed, currency);
    if (!amount) throw new Error(`“${typed}” is not an amount of ${currency}`);
    const order = { amount, currency, ...(lang && { locale: lang }), ...(lifetime && { expiresIn: lifetime }) };
    this.#order = await qaClient.newOrder(order);
    this.#show(this.#order, secret);
  }

  #show(order: OrderView | null, secret: SecretOnPage = 'right'): void {
    if (!order) return;
    const { embed, lang, theme } = this.settings;
    this.address = `/shop/checkout/${order.id}?${new URLSearchParams({ embed, lang, theme, ...(secret !== 'right' && { [secret]: '1' }) })}`;
  }

  /** The widget asks nothing while nothing happens, so the customer would see it at the next click only: here it is told to look. */
  async #cancel(): Promise<void> {
    if (!this.#order) return;
    this.#say(`Canceling answered ${(await qaClient.cancel(this.#order.id)).status}`);
    await this.stage.desk?.refresh();
  }

  async #guess(): Promise<void> {
    if (this.settings.embed === 'plugin') throw new Error('Another origin’s frame cannot be reached: choose another embedding');
    await this.#newPayment({});
    await this.stage.ready();
    const secret = this.stage.desk?.clientSecret;
    if (!secret || !this.config) return;
    await guessWrongly(this.config.bffUrl, secret);
    this.stage.fill('GOOD0020');
    this.#say('Five codes were wrong; now press Pay');
  }

  /** Where the checkout on show takes no code any more, a new payment is made first: one click stays one click. */
  async #fill(code: string): Promise<void> {
    this.#remember(code);
    if (this.settings.embed === 'plugin') {
      await navigator.clipboard.writeText(code);
      return this.#say(`${code} is copied: paste it in the plugin window, another origin’s frame`);
    }
    if (this.stage.fill(code)) return;
    await this.#newPayment({});
    await this.stage.ready();
    if (!this.stage.fill(code)) this.#say('There is no field to type into');
  }

  /** The address of the page can be handed on: it brings another tester here. */
  #remember(code = ''): void {
    history.replaceState(null, '', `#${writeScenario({ settings: this.settings, code })}`);
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
