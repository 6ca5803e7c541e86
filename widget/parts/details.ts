/** Pairs of a name and a value, one to a line: a receipt, or what to tell support. */
import { html } from 'lit';

export const details = (
  part: string,
  rows: readonly (readonly [name: string, value: unknown])[],
) => html`<dl part=${part} class="details">
  ${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
</dl>`;
