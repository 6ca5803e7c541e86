/** Leads to the parts of the controls, which are longer than a screen. */
import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { QaPanel } from './qa-panel.ts';

const parts = [
  ['states', 'States'],
  ['payment', 'Payment'],
  ['codes', 'Codes'],
  ['wallet', 'Wallet'],
  ['cards', 'Cards'],
  ['phone', 'SMS'],
  ['environment', 'Faults'],
] as const;

/** @element qa-jumps */
@customElement('qa-jumps')
export class Jumps extends QaPanel {
  protected override render() {
    return html`<nav class="jumps" aria-label="Parts of the controls">
      ${parts.map(([part, words]) => html`<button data-part=${part} @click=${() => jumpTo(part)}>${words}</button>`)}
    </nav>`;
  }
}

function jumpTo(part: string): void {
  document.getElementById(`${part}-title`)?.closest('section')?.scrollIntoView({ block: 'start' });
}
