/** The shop's checkout page in a frame of this origin, so that its events can be heard and its field filled. */
import { html, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { PayDesk } from '../../widget/element/pay-desk.ts';
import { QaPanel } from './panels/qa-panel.ts';

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

/** The checkout in one of the stage's frames fired an event. */
export class StageEvent extends Event {
  readonly seen: SeenEvent;
  readonly size: 'phone' | 'wide';
  constructor(seen: SeenEvent, size: 'phone' | 'wide') {
    super('qa-stage-event', { bubbles: true });
    this.seen = seen;
    this.size = size;
  }
}

declare global {
  interface HTMLElementEventMap {
    'qa-stage-event': StageEvent;
  }
}

/** Tells of every public event of the `<pay-desk>` in a document. */

/** `pay-resize` is left out: it would bury the rest. */
const names = [
  'pay-ready',
  'pay-load-error',
  'pay-status-change',
  'pay-method-change',
  'pay-change',
  'pay-before-submit',
  'pay-pending',
  'pay-success',
  'pay-failure',
  'pay-cancel',
  'pay-expired',
] as const;

export interface SeenEvent {
  name: string;
  /** Its most telling field. */
  detail: string;
  ok: boolean;
}

export function watchEvents(page: Document, seen: (event: SeenEvent) => void): void {
  for (const name of names) {
    page.addEventListener(name, (event) =>
      seen({ name, detail: tell(event as Event & Telling), ok: name !== 'pay-failure' && name !== 'pay-load-error' }),
    );
  }
}

interface Telling {
  problem?: { code: string };
  status?: string;
  reason?: string;
  method?: string | null;
  complete?: boolean;
}

const tell = ({ problem, status, reason, method, complete }: Telling): string =>
  problem?.code ?? status ?? reason ?? (complete === undefined ? (method ?? '') : complete ? 'complete' : 'incomplete');

/** Types a code for the tester: finds the field wherever it is, through open shadow roots. */

/** @returns False where there is no field to type into: the payment is over, or the checkout is another origin's frame. */
export function fillCode(root: Document, code: string): boolean {
  const field = findField(root);
  if (!field) return false;
  field.value = code;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  field.focus();
  return true;
}

function findField(root: Document | ShadowRoot | Element): HTMLInputElement | null {
  for (const element of root.querySelectorAll('*')) {
    // Elements of a frame are instances of that frame's classes, not of ours.
    if (element.localName === 'input' && (element as HTMLInputElement).type === 'text') return element as HTMLInputElement;
    const inside = element.shadowRoot && findField(element.shadowRoot);
    if (inside) return inside;
  }
  return null;
}
