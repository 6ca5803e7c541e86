/** The shop's checkout page in a frame of this origin, so that its events can be heard and its field filled. */
import { html, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { PayDesk } from '../../widget/element/pay-desk.ts';
import { QaPanel } from './panels/qa-panel.ts';
import { StageEvent } from './stage-event.ts';
import { watchEvents } from './watch-events.ts';

/** What the page of the wide preview believes to be its width, CSS pixels; it is drawn smaller where there is less room. */
const wide = 1024;

/**
 * @element qa-preview
 * @fires {StageEvent} qa-stage-event
 */
@customElement('qa-preview')
export class Preview extends QaPanel {
  /** Address of the checkout page. */
  @property({ attribute: false }) address = '';
  @property({ reflect: true }) size: 'phone' | 'wide' = 'phone';
  @query('iframe') private readonly frame!: HTMLIFrameElement | null;

  #watched: Document | undefined;
  #looking: ReturnType<typeof setInterval> | undefined;
  readonly #fitting = new ResizeObserver(() => this.#fit());

  /** The page in the frame; null where it is another origin's, or not there yet. */
  get page(): Document | null {
    return this.frame?.contentDocument ?? null;
  }

  /** The checkout on show; null where it is another origin's, or not there yet. */
  get desk(): PayDesk | null {
    return this.page?.querySelector('pay-desk') ?? null;
  }

  /** The payment is drawn, or it cannot be opened. */
  get isReady(): boolean {
    const shown = this.page?.URL.endsWith(this.address) && this.desk;
    return !!shown && !!(shown.view ?? shown.error);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#fitting.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#looking);
    this.#fitting.disconnect();
  }

  protected override render() {
    const title = this.size === 'phone' ? 'The shop’s checkout page on a phone' : 'The shop’s checkout page on a desktop';
    return html`<iframe src=${this.address} title=${title} @load=${this.#loaded}></iframe>`;
  }

  /** The first events come before the frame's `load`: the new document is looked for until then. */
  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('address')) return;
    clearInterval(this.#looking);
    this.#looking = setInterval(this.#watch, 5);
  }

  #loaded = () => {
    clearInterval(this.#looking);
    this.#watch();
    // The frame is as high as its page, or one would scroll inside of what scrolls.
    if (this.page?.body) this.#fitting.observe(this.page.body);
    this.#fit();
  };

  #fit(): void {
    const { frame } = this;
    const body = this.page?.body;
    if (!frame || !body) return;
    const scale = this.size === 'wide' ? Math.min(1, this.clientWidth / wide) : 1;
    const height = Math.max(body.offsetHeight + 2, 640);
    this.style.setProperty('block-size', `${Math.ceil(height * scale)}px`);
    frame.style.setProperty('block-size', `${height}px`);
    frame.style.setProperty('inline-size', scale < 1 ? `${wide}px` : '100%');
    frame.style.setProperty('transform', scale < 1 ? `scale(${scale})` : 'none');
  }

  #watch = () => {
    const { page } = this;
    if (!page || page === this.#watched || page.URL === 'about:blank') return;
    this.#watched = page;
    watchEvents(page, (seen) => this.dispatchEvent(new StageEvent(seen, this.size)));
  };
}
