/**
 * Minutes and seconds until a moment. Read by eye it ticks; aloud it is told sparsely, at the start and ten seconds before the end: a clock
 * that talks every second is switched off. What happens at the end is said by whoever waits for it.
 * @element pay-countdown
 * @fires {AnnounceEvent} announce - How long to wait.
 */
import { LitElement } from 'lit';
import { fill } from '../messages/fill.ts';
import { AnnounceEvent } from './announce-event.ts';
import { define } from './define.ts';

export class Countdown extends LitElement {
  static override properties = { left: { attribute: false }, text: { attribute: false } };

  /** Milliseconds that are left now. By absolute time: a phone that slept shows the truth when it wakes. */
  left!: () => number;
  /** `Try again in {time}`. */
  text = '';
  #tick: ReturnType<typeof setTimeout> | undefined;
  #spokenAt = Number.POSITIVE_INFINITY;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#tick);
  }

  /** Drawn in the tree of the desk, for its styles. */
  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    return this.#words();
  }

  protected override updated(): void {
    clearTimeout(this.#tick);
    const left = this.#seconds();
    if (left <= 0) return;
    this.#tick = setTimeout(() => this.requestUpdate(), 1000);
    const now = left > 10 ? 11 : 10;
    if (now >= this.#spokenAt) return;
    this.#spokenAt = now;
    this.dispatchEvent(new AnnounceEvent(this.#words()));
  }

  #seconds(): number {
    return Math.ceil(this.left() / 1000);
  }

  #words(): string {
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
