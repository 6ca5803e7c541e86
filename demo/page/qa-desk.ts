/** The QA page: holds what was chosen and done, and does what the panels ask. */
import { html, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import './codes-panel.ts';
import './log-panel.ts';
import './look-bar.ts';
import './page-head.ts';
import './payment-panel.ts';
import './stage.ts';
import './states-panel.ts';
import './wallet-panel.ts';
import './world-notice.ts';
import './world-panel.ts';
import { Director } from './director.ts';
import { LiveLog } from './live-log.ts';
import { marketOf } from './markets.ts';
import { mishaps } from './mishaps.ts';
import { orderMishap } from './order-mishap.ts';
import type { QaAction, QaActionEvent } from './qa-action.ts';
import { isInPage, type QaConfig } from './qa-api.ts';
import { qaClient } from './qa-client.ts';
import { QaPanel } from './qa-panel.ts';
import { readScenario, type Scenario, writeScenario } from './scenario-address.ts';
import type { Settings, SettingsChangeEvent } from './settings.ts';
import type { Stage } from './stage.ts';
import type { StageEvent } from './stage-event.ts';
import { findState } from './states/customer-states.ts';
import { transferOf } from './transfer-of.ts';
import type { SentTransfer } from './wallet-app.ts';

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

  protected override firstUpdated(): void {
    void this.#attempt(async () => {
      this.config = await qaClient.config();
      const { state: shown, mishaps: ordered, bff, paycodes, code } = begun;
      if (shown) await this.#show(shown);
      if (bff) await qaClient.moveClock({ aheadMs: bff });
      if (paycodes) await qaClient.moveSimulatorClock({ now: Date.now() + paycodes });
      for (const id of ordered) await orderMishap(id);
      if (!shown) await this.#director.open();
      this.#remember({ state: shown, mishaps: ordered, bff, paycodes, code });
      // Nobody has clicked yet, so for another origin's frame the clipboard is closed.
      if (code && isInPage(this.#settings.embed)) this.stage.fill(code);
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    document.documentElement.dataset.theme = this.#settings.theme;
  }

  protected override render() {
    const { ledger, walletLedger, entries, world } = this.#log;
    const { settings, state: shown, mishaps: ordered } = this.scenario;
    const used = new Set(ledger?.uses.map((use) => use.code));
    return html`<qa-page-head .config=${this.config}></qa-page-head>
      <main
        data-width=${settings.width}
        @qa-action=${this.#act}
        @qa-settings-change=${this.#choose}
        @qa-stage-event=${this.#note}
      >
        <qa-world-notice .world=${world}></qa-world-notice>
        <div class="column">
          <qa-states-panel .shown=${shown} .busy=${this.busy}></qa-states-panel>
          <qa-codes-panel .currency=${settings.currency} .used=${used}></qa-codes-panel>
          <qa-wallet-panel .transfer=${transferOf(this.stage)} .amount=${settings.amount} .currency=${settings.currency}
            .ledger=${walletLedger} .sent=${this.sent}></qa-wallet-panel>
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

  #direct(): Director {
    const page = this;
    return new Director({
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

  #choose = ({ change }: SettingsChangeEvent) => {
    this.#remember({ settings: { ...this.#settings, ...change } });
    const anew = 'embed' in change || (('lang' in change || 'theme' in change) && !this.stage.restyle(this.#settings));
    if (anew) this.#director.show();
  };

  #note = ({ seen, size }: StageEvent) => {
    const where = size === 'wide' && this.#settings.width === 'both' ? ' · desktop' : '';
    this.#log.add({ kind: 'event', at: new Date(), text: seen.name + where, outcome: seen.detail, ok: seen.ok });
  };

  #act = ({ action }: QaActionEvent) => void this.#attempt(() => this.#do(action));

  async #do(action: QaAction): Promise<void> {
    const { bff, paycodes, mishaps: ordered } = this.scenario;
    switch (action.do) {
      case 'new-payment':
        this.#remember({ state: '', code: '' });
        return this.#director.open();
      case 'show':
        return this.#show(action.state);
      case 'fill':
        return this.#fill(action.code);
      case 'fill-number':
        return this.#fillNumber(action.number);
      case 'transfer': {
        const { transaction_number: number } = await qaClient.transfer(action.transfer);
        this.sent = { ...action.transfer, number };
        return;
      }
      case 'match':
        await qaClient.match(action.id, action.number);
        await this.#director.refresh();
        return this.#say('Credited: Paykassma has sent the postback');
      case 'cancel':
        return this.#say(`Canceling answered ${await this.#director.cancel()}`);
      case 'reset':
        await qaClient.reset(action.of);
        this.#remember({
          mishaps: ordered.filter((id) => mishaps.find((mishap) => mishap.id === id)?.of !== action.of),
          ...(action.of === 'paycodes' && { paycodes: 0 }),
        });
        return this.#say(`${action.of === 'paycodes' ? 'PayCodes' : 'Paykassma'} is as on its first day`);
      case 'move-bff':
        await qaClient.moveClock(action.ms ? { advanceMs: action.ms } : { aheadMs: 0 });
        this.#remember({ bff: action.ms && bff + action.ms });
        await this.#director.refresh();
        return this.#say('The BFF’s clock was moved');
      case 'move-simulator':
        await qaClient.moveSimulatorClock(action.ms ? { advanceMs: action.ms } : { now: Date.now() });
        this.#remember({ paycodes: action.ms && paycodes + action.ms });
        return this.#say('PayCodes’ clock was moved');
      case 'mishap':
        await orderMishap(action.id);
        this.#remember({ mishaps: [...new Set([...ordered, action.id])] });
        return this.#say('Ordered: the next payment meets it');
      case 'set-right':
        await Promise.all([
          qaClient.moveClock({ aheadMs: 0 }),
          qaClient.moveSimulatorClock({ now: Date.now() }),
          this.#director.line('clear'),
        ]);
        this.#remember({ bff: 0, paycodes: 0 });
        return this.#director.refresh();
      case 'clear-log':
        return this.#log.clear();
    }
  }

  /** States are of the currency that has what they need, and in the page itself: another origin's frame cannot be driven. */
  async #show(id: string): Promise<void> {
    const embed = isInPage(this.#settings.embed) ? this.#settings.embed : 'script';
    const { currency, prices } = marketOf(findState(id)?.currency ?? 'PLN');
    const settings = { ...this.#settings, currency, amount: prices[0], embed };
    this.#remember({ settings, state: id, code: '', mishaps: [], bff: 0, paycodes: 0 });
    this.busy = true;
    try {
      await this.#director.startAnew();
      await findState(id)?.show(this.#director);
    } finally {
      this.busy = false;
    }
  }

  /** Where the checkout on show takes no code any more, a new payment is made first: one click stays one click. */
  async #fill(code: string): Promise<void> {
    this.#remember({ code, state: '' });
    if ((await this.#copied(code)) || this.stage.fill(code)) return;
    await this.#director.open();
    if (!this.stage.fill(code)) this.#say('There is no field to type into');
  }

  /** A number counts once, so the address of the page does not hold it. */
  async #fillNumber(number: string): Promise<void> {
    this.#remember({ code: '', state: '' });
    if ((await this.#copied(number)) || (await this.#director.takeNumber(number))) return;
    this.#say('There is no transfer to tell the number of');
  }

  /** Where the checkout is another origin's frame, into which nothing can be typed from here. */
  async #copied(text: string): Promise<boolean> {
    if (isInPage(this.#settings.embed)) return false;
    await navigator.clipboard.writeText(text);
    this.#say(`${text} is copied: paste it in the plugin window, another origin’s frame`);
    return true;
  }

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
