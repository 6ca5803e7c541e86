/**
 * A value that can be read out and copied. Where the clipboard is out of reach, as in some frames, the value is selected instead.
 * @element pay-copy-row
 * @fires copied - The value is in the clipboard.
 * @csspart copy-button - The button.
 */
import { html, LitElement } from 'lit';
import type { Messages } from '../messages/messages.ts';
import { define } from './define.ts';

export class CopyRow extends LitElement {
  static override properties = { value: { attribute: false }, texts: { attribute: false } };

  value = '';
  texts!: Messages;
  #copied = '';

  /** Drawn in the tree of the desk, for its styles and parts. */
  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    const { value, texts } = this;
    return html`<span class="copy-value">${value}</span>
      <button part="copy-button" class="copy" type="button" aria-label=${texts.copyReference} @click=${this.#copy}>
        ${this.#copied === value ? texts.copied : texts.copy}
      </button>`;
  }

  readonly #copy = async () => {
    try {
      await navigator.clipboard.writeText(this.value);
      this.#copied = this.value;
      this.requestUpdate();
      this.dispatchEvent(new Event('copied', { bubbles: true }));
    } catch {
      getSelection()?.selectAllChildren(this.firstElementChild ?? this);
    }
  };
}

define('pay-copy-row', CopyRow);
