/**
 * The customer's phone: sends SMS to the short numbers and shows all SMS, newest on top, with their prices; one click uses a
 * code.
 */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SendSms } from '#contract';
import type { PhoneMessage } from '../phone-messages.ts';
import { QaPanel } from './qa-panel.ts';

/**
 * @element qa-phone-panel
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-phone-panel')
export class PhonePanel extends QaPanel {
  /** Newest first. */
  @property({ attribute: false }) messages: readonly PhoneMessage[] = [];
  /** The SMS that the checkout requests; null while it requests none. */
  @property({ attribute: false }) wanted: SendSms | null = null;

  protected override render() {
    const { messages, wanted } = this;
    return html`<section class="panel" aria-labelledby="phone-title">
      <h2 id="phone-title">The customer’s phone</h2>
      <p class="muted small">${wanted ? 'Filled in from the checkout.' : 'Each SMS to a short number costs money, also with a wrong text.'}</p>
      <div class="phone">
        <qa-sms-composer .wanted=${wanted}></qa-sms-composer>
        <p class="phone-top">SMS <span>${messages.length}</span></p>
        <div class="messages" role="log" tabindex="0" aria-label="Messages">
          <ol>${messages.map(this.#message)}</ol>
        </div>
        ${messages.length ? nothing : html`<p class="muted small">Nothing yet.</p>`}
      </div>
    </section>`;
  }

  readonly #message = (message: PhoneMessage) => html`<li data-way=${message.way}>
    <p class="muted small">${message.peer} <time>${message.at.toLocaleTimeString('en-GB')}</time></p>
    <p class="sms">${message.text}</p>
    ${message.fee ? html`<p class="muted small">${message.fee}</p>` : nothing}
    ${message.code && message === this.#newest(message.into) ? this.#code(message.code, message.into) : nothing}
  </li>`;

  /** Only the newest code can be the one that the checkout expects. */
  #newest(into: PhoneMessage['into']): PhoneMessage | undefined {
    return this.messages.find((message) => message.into === into && message.code);
  }

  #code(code: string, into: PhoneMessage['into']) {
    return into === 'checkout'
      ? html`<button class="chip" @click=${() => this.request({ do: 'type-sms-code', code })}>Type ${code}</button>`
      : html`<button class="chip" @click=${() => this.request({ do: 'copy', text: code, into: 'the card form' })}>Copy ${code}</button>`;
  }
}

const minute = 60_000;
const delays: [words: string, ms: number][] = [
  ['at once', 0],
  ['after 1 minute', minute],
  ['after 20 minutes', 20 * minute],
  ['after 2 hours', 120 * minute],
];

/**
 * An SMS to send: filled in from the checkout, and free to change. It may take a while to arrive, or be delivered twice.
 * @element qa-sms-composer
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-sms-composer')
export class SmsComposer extends QaPanel {
  /** The SMS that the checkout requests; null while it requests none. */
  @property({ attribute: false }) wanted: SendSms | null = null;
  @state() private to = '';
  @state() private text = '';
  @state() private delayMs = 0;
  @state() private duplicate = false;
  #filledFrom = '';

  /** Fills in a requested SMS once, so that what the tester types stays until another SMS is requested. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const { number, text } = this.wanted ?? {};
    const from = JSON.stringify([number, text]);
    if (number === undefined || text === undefined || from === this.#filledFrom) return;
    this.#filledFrom = from;
    Object.assign(this, { to: number, text });
  }

  protected override render() {
    return html`<form class="composer" aria-label="New SMS" @submit=${this.#send}>
      <div class="row">
        <label class="field">To
          <input inputmode="tel" autocomplete="off" size="6" required pattern="\\+?[0-9]{1,15}" .value=${this.to} @input=${(
            event: Event,
          ) => {
            this.to = typedIn(event);
          }} />
        </label>
        <label class="field grow">Text
          <input autocomplete="off" maxlength="160" required .value=${this.text} @input=${(event: Event) => {
            this.text = typedIn(event);
          }} />
        </label>
      </div>
      <div class="row">
        <label class="field grow">Arrives
          <select @change=${(event: Event) => {
            this.delayMs = Number(typedIn(event));
          }}>
            ${delays.map(([words, ms]) => html`<option value=${ms} ?selected=${ms === this.delayMs}>${words}</option>`)}
          </select>
        </label>
        <label class="tick"><input type="checkbox" .checked=${this.duplicate} @change=${(event: Event) => {
          this.duplicate = (event.target as HTMLInputElement).checked;
        }} /> twice</label>
      </div>
      <button class="primary">Send SMS</button>
    </form>`;
  }

  #send = (event: SubmitEvent) => {
    event.preventDefault();
    const { to, text, delayMs, duplicate } = this;
    this.request({ do: 'send-sms', sms: { to: to.trim(), text, delayMs, duplicate } });
  };
}

const typedIn = (event: Event): string => (event.target as HTMLInputElement).value;
