/**
 * A value with a copy button. Where the clipboard cannot be used, as in some frames, the value is selected instead.
 * @element pay-copy-row
 * @fires {AnnounceEvent} announce - The value was copied.
 * @csspart copy-button - The button.
 */
import { html, LitElement } from 'lit';
import type { FirstMessages } from '../messages/first-messages.ts';
import { AnnounceEvent, define } from './elements.ts';

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
  /** The value that was copied last. */
  #copied = '';

  /** Rendered into the tree around it, for its styles and CSS parts. */
  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    const { value, texts } = this;
    const copied = this.#copied === value;
    return html`<span class="copy-value"><bdi>${this.shown || value}</bdi></span>
      <button part="copy-button" class="copy" type="button" aria-label=${copied ? texts.copied : this.label || texts.copyReference} @click=${this.#copy}>
        ${copied ? texts.copied : texts.copy}
      </button>`;
  }

  readonly #copy = async () => {
    try {
      await navigator.clipboard.writeText(this.value);
      this.#copied = this.value;
      this.requestUpdate();
      this.dispatchEvent(new AnnounceEvent(this.texts.copied));
    } catch {
      getSelection()?.selectAllChildren(this.firstElementChild ?? this);
    }
  };
}

define('pay-copy-row', CopyRow);
