/** The customer's phone: sends SMS to the short numbers, shows what it got and sent, newest on top, and what that cost; a code by one click. */
import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SendSms } from '#contract';
import type { PhoneMessage } from '../phone-message.ts';
import { QaPanel } from './qa-panel.ts';
import '../sms-composer.ts';

/**
 * @element qa-phone-panel
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-phone-panel')
export class PhonePanel extends QaPanel {
  /** Newest first. */
  @property({ attribute: false }) messages: readonly PhoneMessage[] = [];
  /** What the checkout on show asks to be sent; null while it does not. */
  @property({ attribute: false }) wanted: SendSms | null = null;

  protected override render() {
    const { messages, wanted } = this;
    return html`<section class="panel" aria-labelledby="phone-title">
      <h2 id="phone-title">The customer’s phone</h2>
      <p class="muted small">${wanted ? 'Filled in from the checkout.' : 'Each SMS to a short number costs, right or wrong.'}</p>
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

  /** An older code is none that is asked for. */
  #newest(into: PhoneMessage['into']): PhoneMessage | undefined {
    return this.messages.find((message) => message.into === into && message.code);
  }

  #code(code: string, into: PhoneMessage['into']) {
    return into === 'checkout'
      ? html`<button class="chip" @click=${() => this.ask({ do: 'type-sms-code', code })}>Type ${code}</button>`
      : html`<button class="chip" @click=${() => this.ask({ do: 'copy', text: code, into: 'the card form' })}>Copy ${code}</button>`;
  }
}
