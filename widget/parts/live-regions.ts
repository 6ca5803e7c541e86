/** One polite and one assertive voice. Always in the tree: a region that comes with its text is not read by every screen reader. */
import { html } from 'lit';

export const liveRegions = (
  polite: string,
  assertive: string,
) => html`<div class="unseen" role="status" aria-live="polite">${polite}</div>
  <div class="unseen" role="alert" aria-live="assertive">${assertive}</div>`;
