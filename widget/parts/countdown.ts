/**
 * Minutes and seconds until a moment. It counts every second on the screen, but is announced only at the start and ten seconds
 * before the end, because nobody keeps listening to a clock that talks every second. The end is announced by the form that waits
 * for it.
 * @element pay-countdown
 * @fires {AnnounceEvent} announce - How much time is left.
 */
import { LitElement } from 'lit';
import { fill } from '../messages/format.ts';
import { AnnounceEvent, define } from './elements.ts';

export class Countdown extends LitElement {
  static override properties = { left: { attribute: false }, text: { attribute: false } };

  /** Milliseconds left. It reads the clock, so that a phone that was asleep shows the right time when it wakes. */
  left!: () => number;
  /** `Try again in {time}`. */
  text = '';
  #tick: ReturnType<typeof setTimeout> | undefined;
  /** Seconds left at the last announcement: 11 stands for the start. */
  #announcedAt = Number.POSITIVE_INFINITY;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#tick);
  }

  /** Rendered into the tree around it, for its styles. */
  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    return this.#text();
  }

  protected override updated(): void {
    clearTimeout(this.#tick);
    const left = this.#seconds();
    if (left <= 0) return;
    this.#tick = setTimeout(() => this.requestUpdate(), 1000);
    const moment = left > 10 ? 11 : 10;
    if (moment >= this.#announcedAt) return;
    this.#announcedAt = moment;
    this.dispatchEvent(new AnnounceEvent(this.#text()));
  }

  #seconds(): number {
    return Math.ceil(this.left() / 1000);
  }

  #text(): string {
    const seconds = Math.max(0, this.#seconds());
    return fill(this.text, { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` });
  }
}

define('pay-countdown', Countdown);

declare global {
  interface HTMLElementTagNameMap {
    'pay-countdown': Countdown;
  }
}
