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
  aria-disabled=${of.busy}
  data-busy=${of.busy}
>
  <span class="idle" aria-hidden=${of.busy}>${of.label}</span>
  <span class="working" aria-hidden=${!of.busy}><span class="spinner"></span>${of.busyLabel}</span>
</button>`;
