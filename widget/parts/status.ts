/** The head of a screen that is not a form: a sign, a title that takes the focus, a sentence or two. */
import { html, nothing } from 'lit';
import { type IconName, icon } from './icon.ts';

/** The sign `spinner` turns while somebody else is at work. */
export const status = (
  sign: IconName | 'spinner',
  tone: 'good' | 'calm' | 'bad',
  title: string,
  text: string,
) => html`<div part="status" class="status">
  <span class="sign ${tone}">${sign === 'spinner' ? html`<span class="spinner"></span>` : icon(sign)}</span>
  <h2 class="title" tabindex="-1">${title}</h2>
  ${text ? html`<p class="text">${text}</p>` : nothing}
</div>`;
