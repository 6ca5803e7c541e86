/** The head of a screen that is not a form: a sign, a title that takes the focus, a sentence or two. */
import { html, nothing, type TemplateResult } from 'lit';

export const status = (
  sign: TemplateResult,
  tone: 'good' | 'calm' | 'bad',
  title: string,
  text: string,
) => html`<div part="status" class="status">
  <span class="sign ${tone}">${sign}</span>
  <h2 class="title" tabindex="-1">${title}</h2>
  ${text ? html`<p class="text">${text}</p>` : nothing}
</div>`;
