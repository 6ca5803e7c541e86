/**
 * The one primary action; it says what it does. While busy it keeps its place, its width and the focus (`aria-disabled`, not `disabled`),
 * and shows the other label only after a moment, so that a quick answer does not flicker.
 */
import { html } from 'lit';

export const submitButton = (of: { label: string; busyLabel: string; busy: boolean; disabled: boolean }) => html`<button
  part="submit"
  class="submit"
  type="submit"
  ?disabled=${of.disabled}
  aria-disabled=${of.busy ? 'true' : 'false'}
  data-busy=${of.busy ? 'true' : 'false'}
>
  <span class="idle" aria-hidden=${of.busy ? 'true' : 'false'}>${of.label}</span>
  <span class="working" aria-hidden=${of.busy ? 'false' : 'true'}><span class="spinner"></span>${of.busyLabel}</span>
</button>`;
