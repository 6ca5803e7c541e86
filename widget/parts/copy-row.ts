/**
 * A value that can be read out and copied. Where the clipboard is out of reach, as in some frames, the value is selected instead.
 * @element pay-copy-row
 * @fires copied - The value is in the clipboard.
 * @csspart copy-button - The button.
 */
import { html, LitElement } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Messages } from '../messages/messages.ts';
import { define } from './define.ts';

export class CopyRow extends LitElement {
  @property({ attribute: false }) value = '';
  @property({ attribute: false }) texts!: Messages;
  @state() private copied = false;
  @query('.copy-value') private readonly shown!: HTMLElement;

  /** Drawn in the tree of the desk, for its styles and parts. */
  protected override createRenderRoot() {
    return this;
  }

  protected override render() {
    const { texts } = this;
    return html`<span class="copy-value">${this.value}</span>
      <button part="copy-button" class="copy" type="button" aria-label=${texts.copyReference} @click=${this.#copy}>
        ${this.copied ? texts.copied : texts.copy}
      </button>`;
  }

  readonly #copy = async () => {
    try {
      await navigator.clipboard.writeText(this.value);
      this.copied = true;
      this.dispatchEvent(new Event('copied', { bubbles: true }));
    } catch {
      getSelection()?.selectAllChildren(this.shown);
    }
  };
}

define('pay-copy-row', CopyRow);
