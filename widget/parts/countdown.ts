/**
 * Minutes and seconds to a moment, by absolute time: a phone that slept shows the truth when it wakes. Silent: who needs to hear of the end is told
 * by the desk.
 * @element pay-countdown
 * @fires elapsed - The moment has come.
 * @csspart countdown - The time left.
 */
import { html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { fill } from '../messages/fill.ts';
import { define } from './define.ts';

export class Countdown extends LitElement {
  /** Milliseconds since 1970, by the clock of `now`. */
  @property({ attribute: false }) until = 0;
  @property({ attribute: false }) now: () => number = Date.now;
  /** A text with a place for `{time}`. */
  @property({ attribute: false }) text = '{time}';
  #timer: ReturnType<typeof setInterval> | undefined;

  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(this.#tick, 1000);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override render() {
    const seconds = Math.max(0, Math.ceil((this.until - this.now()) / 1000));
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    return html`<span part="countdown" class="countdown" role="timer" aria-live="off">${fill(this.text, { time })}</span>`;
  }

  readonly #tick = () => {
    this.requestUpdate();
    if (this.until > this.now()) return;
    clearInterval(this.#timer);
    this.dispatchEvent(new Event('elapsed', { bubbles: true }));
  };
}

define('pay-countdown', Countdown);
