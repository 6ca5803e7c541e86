/** A screen in plain words, until its drawing has come, and instead of it where it cannot be fetched: never a blank. The foot says more. */
import { html } from 'lit';

export const plainWords = (title: string, reference: string) => html`<div part="status" class="status">
  <h2 class="title" tabindex="-1">${title}</h2>
  <p>${reference}</p>
</div>`;
