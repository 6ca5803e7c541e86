/**
 * A value with a button that copies it. Where the clipboard cannot be used the value is selected instead.
 * @element copy-value
 * @fires {AnnounceEvent} announce - The value was copied.
 */
import { html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ConsoleElement } from './element.ts';

@customElement('copy-value')
export class CopyValue extends ConsoleElement {
  @property() value = '';
  /** What it is, for the button's name: `reference`. */
  @property() what = '';
  @state() private copied = false;

  protected override render() {
    return html`<span class="value">${this.value}</span
      ><button class="copy" type="button" aria-label=${`Copy ${this.what}`} title=${`Copy ${this.what}`} @click=${this.#copy}>
        ${this.copied ? '✓' : icon}
      </button>`;
  }

  readonly #copy = async () => {
    try {
      await navigator.clipboard.writeText(this.value);
      this.copied = true;
      this.announce(`Copied: ${this.what}`);
      setTimeout(() => {
        this.copied = false;
      }, 2_000);
    } catch {
      getSelection()?.selectAllChildren(this.querySelector('.value') ?? this);
    }
  };
}

const icon = html`<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.6">
  <rect x="5.5" y="5.5" width="8" height="8" rx="2"></rect>
  <path d="M10.5 3.5v-1h-8v8h1"></path>
</svg>`;
