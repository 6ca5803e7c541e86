/** The shop's checkout page in a frame of this origin, so that its events can be heard and its field filled. */
import { html, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { PayDesk } from '../../widget/pay-desk.ts';
import { fillCode } from './fill-code.ts';
import { QaPanel } from './qa-panel.ts';
import { firstSettings, type Settings, SettingsChangeEvent } from './settings.ts';
import { StageEvent } from './stage-event.ts';
import { watchEvents } from './watch-events.ts';

/**
 * @element qa-stage
 * @fires {StageEvent} qa-stage-event
 * @fires {SettingsChangeEvent} qa-settings-change
 */
@customElement('qa-stage')
export class Stage extends QaPanel {
  @property({ attribute: false }) settings: Settings = firstSettings;
  /** Address of the checkout page; empty while there is no payment. */
  @property({ attribute: false }) address = '';
  @query('iframe') private readonly frame!: HTMLIFrameElement | null;

  #watched: Document | undefined;
  #looking: ReturnType<typeof setInterval> | undefined;

  /** The checkout on show; null where it is another origin's, or not there yet. */
  get desk(): PayDesk | null {
    return this.frame?.contentDocument?.querySelector('pay-desk') ?? null;
  }

  /** Types a code into the checkout. @returns False where there is nothing to type into. */
  fill(code: string): boolean {
    const page = this.frame?.contentDocument;
    return page ? fillCode(page, code) : false;
  }

  /** Language and theme change in place, typed input kept. @returns False where the page has to be loaded anew. */
  restyle({ lang, theme }: Settings): boolean {
    const { desk } = this;
    if (!desk) return false;
    const page = desk.ownerDocument;
    page.documentElement.dataset.theme = theme;
    desk.setAttribute('theme', theme);
    if (lang) desk.setAttribute('locale', lang);
    else desk.removeAttribute('locale');
    return true;
  }

  /** Settles when the checkout can be paid, or after five seconds. */
  ready(): Promise<void> {
    return new Promise((resolve) => {
      const waiting = new AbortController();
      const done = () => {
        waiting.abort();
        resolve();
      };
      this.addEventListener('qa-stage-event', ({ seen }) => seen.name === 'pay-ready' && done(), { signal: waiting.signal });
      setTimeout(done, 5_000);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#looking);
  }

  protected override render() {
    const { width } = this.settings;
    return html`<section class="stage" data-width=${width} aria-label="Checkout">
      <div class="bar">
        <fieldset class="segments">
          <legend class="unseen">Width</legend>
          ${this.#width('phone', 'Phone')}${this.#width('wide', 'Wide')}
        </fieldset>
        ${this.address ? html`<a href=${this.address} target="_blank" rel="noopener">Open in a tab</a>` : null}
      </div>
      ${
        this.address
          ? html`<iframe src=${this.address} title="The shop’s checkout page" @load=${this.#loaded}></iframe>`
          : html`<p class="muted empty">No payment yet.</p>`
      }
    </section>`;
  }

  #width(value: Settings['width'], words: string) {
    const choose = () => this.dispatchEvent(new SettingsChangeEvent({ width: value }));
    return html`<label>
      <input type="radio" name="width" .checked=${this.settings.width === value} @change=${choose} /><span>${words}</span>
    </label>`;
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
    const { frame } = this;
    const body = frame?.contentDocument?.body;
    // The frame is as high as its page, or one would scroll inside of what scrolls.
    if (frame && body)
      new ResizeObserver(() => frame.style.setProperty('block-size', `${body.offsetHeight + 2}px`)).observe(body);
  };

  #watch = () => {
    const page = this.frame?.contentDocument;
    if (!page || page === this.#watched || page.URL === 'about:blank') return;
    this.#watched = page;
    watchEvents(page, (seen) => this.dispatchEvent(new StageEvent(seen)));
  };
}
