/**
 * The fiscal receipt of the payment: the QR code of the tax office, and a link to the same page; on a phone, which could not scan the
 * code on its own screen, only the link. A cash register makes the receipt some
 * seconds after the payment, so for a minute the payment is read again a few times. The code is fetched with its drawing, which most
 * customers never see; until then, and where it cannot be fetched, there is the link.
 * @element pay-fiscal-receipt
 */
import { html, LitElement, nothing } from 'lit';
import { ofDocument, retryImport } from '../browser.ts';
import { define } from '../parts/elements.ts';
import type { QrPicture } from '../parts/qr-code.ts';
import { webUrl } from '../parts/rows.ts';
import type { ScreenContext } from './view-state.ts';

export class FiscalReceipt extends LitElement {
  static override properties = { context: { attribute: false } };

  context!: Pick<ScreenContext, 'view' | 'texts' | 'now' | 'recheck'>;
  #picture: QrPicture | null = null;
  #requested = false;
  #looks = 0;
  #next: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#next);
  }

  /** Rendered into the tree around it, for its styles. */
  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    const { view, texts } = this.context;
    const url = fiscalReceiptUrl(view);
    this.hidden = !url;
    if (!url) return nothing;
    if (onPhone())
      return html`<a part="fiscal-receipt" class="secondary" href=${url} target="_blank" rel="noopener noreferrer">${texts.fiscalLink}</a>`;
    return html`<figure part="fiscal-receipt" class="qr fiscal">
      ${this.#picture?.(url, texts.fiscalPicture)}
      <figcaption class="text">
        <strong>${texts.fiscalReceipt}</strong>
        <a href=${url} target="_blank" rel="noopener noreferrer">${texts.fiscalOpen}</a>
      </figcaption>
    </figure>`;
  }

  protected override updated(): void {
    clearTimeout(this.#next);
    if (fiscalReceiptUrl(this.context.view)) return void this.#fetchPicture();
    const { attempt, paidAt } = this.context.view;
    const wait = lookAfterMs[this.#looks];
    const isFresh = !!paidAt && this.context.now() - Date.parse(paidAt) < freshMs;
    if (!wait || !isFresh || attempt?.method !== 'card') return;
    this.#next = setTimeout(this.#look, wait);
  }

  readonly #look = async () => {
    // A hidden page is not read, and that uses up no look: whoever comes back still gets the code.
    if (!ofDocument('hidden')) {
      this.#looks += 1;
      await this.context.recheck();
    }
    if (this.isConnected) this.requestUpdate();
  };

  #fetchPicture(): void {
    if (this.#requested || onPhone()) return;
    this.#requested = true;
    void this.#draw();
  }

  async #draw(): Promise<void> {
    const loaded = await retryImport(
      (_again) => import('../parts/qr-code.ts'),
      () => {},
    );
    this.#picture = loaded?.qrPicture ?? null;
    this.requestUpdate();
  }
}

const onPhone = (): boolean => matchMedia('(pointer: coarse)').matches;

/** How long after the payment it is looked for, and after how long again. */
const freshMs = 60_000;
const lookAfterMs = [5_000, 10_000, 20_000];

/** Undefined without one, and for an address that is not https: it is never drawn or linked. */
export function fiscalReceiptUrl({ fiscalReceiptUrl: text }: ScreenContext['view']): string | undefined {
  return webUrl(text)?.protocol === 'https:' ? text : undefined;
}

define('pay-fiscal-receipt', FiscalReceipt);

declare global {
  interface HTMLElementTagNameMap {
    'pay-fiscal-receipt': FiscalReceipt;
  }
}
