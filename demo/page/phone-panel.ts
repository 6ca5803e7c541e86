/** The customer's phone: the SMS it got and sent, newest on top, and the code of the newest by one click. */
import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PhoneMessage } from './phone-message.ts';
import { QaPanel } from './qa-panel.ts';

/**
 * @element qa-phone-panel
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-phone-panel')
export class PhonePanel extends QaPanel {
  /** Newest first. */
  @property({ attribute: false }) messages: readonly PhoneMessage[] = [];

  protected override render() {
    const { messages } = this;
    return html`<section class="panel" aria-labelledby="phone-title">
      <h2 id="phone-title">The customer’s phone</h2>
      <div class="phone">
        <p class="phone-top">SMS <span>${messages.length}</span></p>
        <div class="messages" role="log" tabindex="0" aria-label="Messages">
          <ol>${messages.map(this.#message)}</ol>
        </div>
        ${messages.length ? nothing : html`<p class="muted small">Nothing yet.</p>`}
      </div>
    </section>`;
  }

  readonly #message = ({ at, way, peer, text, code }: PhoneMessage, place: number) => html`<li data-way=${way}>
    <p class="muted small">${peer} <time>${at.toLocaleTimeString('en-GB')}</time></p>
    <p class="sms">${text}</p>
    ${
      code && place === 0
        ? html`<button class="chip" @click=${() => this.ask({ do: 'copy', text: code, into: 'the card form' })}>Copy ${code}</button>`
        : nothing
    }
  </li>`;
}
