/**
 * A value with a copy button. Where the clipboard cannot be used, as in some frames, the value is selected instead.
 * @element pay-copy-row
 * @fires {AnnounceEvent} announce - The value was copied.
 * @csspart copy-button - The button.
 */
import { html, LitElement, nothing, svg } from 'lit';
import type { FirstMessages } from '../messages/first-messages.ts';
import { AnnounceEvent, define } from './elements.ts';
import { check, icon } from './page.ts';

export class CopyRow extends LitElement {
  static override properties = {
    value: { attribute: false },
    shown: { attribute: false },
    label: { attribute: false },
    texts: { attribute: false },
  };

  value = '';
  /** How the value is shown, where that differs from how it is copied. */
  shown = '';
  /** Label of the button; by default it names the reference. */
  label = '';
  texts!: FirstMessages;
  /** The value that was copied a moment ago; '' for none. */
  #copied = '';
  #back: ReturnType<typeof setTimeout> | undefined;

  /** Rendered into the tree around it, for its styles and CSS parts. */
  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    const { value, texts } = this;
    const copied = this.#copied === value;
    return html`<span class="copy-value"><bdi>${this.shown || value}</bdi></span>
      ${copied ? html`<span class="copied" aria-hidden="true">${texts.copied}</span>` : nothing}
      <button part="copy-button" class="copy" type="button" title=${texts.copy} aria-label=${copied ? texts.copied : this.label || texts.copyReference} @click=${this.#copy}>
        ${icon(copied ? check : sheets)}
      </button>`;
  }

  #show(copied: string): void {
    this.#copied = copied;
    this.toggleAttribute('data-copied', !!copied);
    this.requestUpdate();
  }

  readonly #copy = async () => {
    try {
      await navigator.clipboard.writeText(this.value);
      this.#show(this.value);
      clearTimeout(this.#back);
      this.#back = setTimeout(() => this.#show(''), shownMs);
      this.dispatchEvent(new AnnounceEvent(this.texts.copied));
    } catch {
      getSelection()?.selectAllChildren(this.firstElementChild ?? this);
    }
  };
}

/** How long the tick is shown. */
const shownMs = 2000;

const sheets = svg`<rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2.5"/><path d="M15.6 5.6A2.5 2.5 0 0 0 13.2 4H6.5A2.5 2.5 0 0 0 4 6.5v6.7a2.5 2.5 0 0 0 1.6 2.4"/>`;

define('pay-copy-row', CopyRow);
