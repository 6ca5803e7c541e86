/** The shop's checkout page in a frame of the same origin, so that the QA page can listen to its events and fill its field. */
import { html, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { PayDesk } from '../../widget/element/pay-desk.ts';
import { applyConditions } from './conditions.ts';
import { type Condition, type Device, fitFrame } from './device.ts';
import { followCheckout } from './follow-checkout.ts';
import { QaPanel } from './panels/qa-panel.ts';
import { StageEvent } from './qa-events.ts';

/**
 * @element qa-preview
 * @fires {StageEvent} qa-stage-event
 */
@customElement('qa-preview')
export class Preview extends QaPanel {
  /** Address of the checkout page. */
  @property({ attribute: false }) address = '';
  @property({ reflect: true }) size: 'phone' | 'wide' = 'phone';
  @property({ attribute: false }) device: Device = '390';
  @property({ attribute: false }) conditions: readonly Condition[] = [];
  @query('iframe') private readonly frame!: HTMLIFrameElement | null;

  /** The document whose events are followed. */
  #followed: Document | undefined;
  #search: ReturnType<typeof setInterval> | undefined;
  #keeping: ReturnType<typeof setInterval> | undefined;
  readonly #resizes = new ResizeObserver(() => this.#fit());

  /** The page in the frame; null where it is another origin's, or not there yet. */
  get page(): Document | null {
    return this.frame?.contentDocument ?? null;
  }

  /** The checkout on show; null where it is another origin's, or not there yet. */
  get checkout(): PayDesk | null {
    return this.page?.querySelector('pay-desk') ?? null;
  }

  /** Whether the checkout page is there, whatever it shows. */
  get isLoaded(): boolean {
    return !!this.page?.URL.endsWith(this.address) && this.page.readyState === 'complete';
  }

  /** Whether the payment is drawn or could not be opened. */
  get isReady(): boolean {
    const shown = this.page?.URL.endsWith(this.address) && this.checkout;
    return !!shown && !!(shown.view ?? shown.error);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.parentElement) this.#resizes.observe(this.parentElement);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#search);
    clearInterval(this.#keeping);
    this.#resizes.disconnect();
  }

  protected override render() {
    const title = this.size === 'phone' ? 'The shop’s checkout page on a phone' : 'The shop’s checkout page on a desktop';
    return html`<iframe src=${this.address} title=${title} @load=${this.#loaded}></iframe>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('device') || changed.has('conditions')) this.#fit();
    if (changed.has('conditions')) this.#keepConditions();
    if (!changed.has('address')) return;
    // The first events come before the frame's `load`, so the new document is searched for until then.
    clearInterval(this.#search);
    this.#search = setInterval(this.#followPage, 5);
  }

  #loaded = () => {
    clearInterval(this.#search);
    this.#followPage();
    // The frame is as high as its page, otherwise there would be two scrollbars.
    if (this.page?.body) this.#resizes.observe(this.page.body);
    this.#fit();
  };

  #fit(): void {
    const { frame } = this;
    const body = this.page?.body;
    if (!frame || !body) return;
    const { size, device } = this;
    const available = contentWidth(this.parentElement);
    const fit = fitFrame({ size, device, zoomed: this.conditions.includes('zoom'), available });
    const height = fit.height ?? Math.max(body.offsetHeight + 2, fit.leastHeight);
    this.style.setProperty('inline-size', `${Math.floor(fit.width * fit.scale)}px`);
    this.style.setProperty('block-size', `${Math.ceil(height * fit.scale)}px`);
    frame.style.setProperty('block-size', `${height}px`);
    frame.style.setProperty('inline-size', `${fit.width}px`);
    frame.style.setProperty('transform', fit.scale === 1 ? 'none' : `scale(${fit.scale})`);
  }

  /** A page loads sheets later, and another page may come, so conditions are applied again and again while there are any. */
  #keepConditions(): void {
    clearInterval(this.#keeping);
    const apply = () => this.page && applyConditions(this.page, this.conditions);
    apply();
    if (this.conditions.length) this.#keeping = setInterval(apply, 250);
  }

  #followPage = () => {
    const { page } = this;
    if (!page || page === this.#followed || page.URL === 'about:blank') return;
    this.#followed = page;
    applyConditions(page, this.conditions);
    followCheckout(page, (seen) => this.dispatchEvent(new StageEvent(seen, this.size)));
  };
}

/**
 * Types a code into the first text field, also inside open shadow roots.
 * @returns False where there is none: the payment is over, or the checkout is another origin's frame.
 */
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

/** Without the padding, in which the line around a preview lies. */
function contentWidth(element: HTMLElement | null): number {
  if (!element) return 0;
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  return element.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
}
