/** The head of a screen that is not a form: a sign, a title that takes the focus, a sentence or two. */
import { html, nothing } from 'lit';
import { type IconName, icon } from './icon.ts';

export interface Status {
  /** `spinner` turns while somebody else is at work. */
  sign: IconName | 'spinner';
  tone: 'good' | 'calm' | 'bad';
  title: string;
  text?: string;
}

export const status = ({ sign, tone, title, text }: Status) => html`<div part="status" class="status">
  <span class="sign ${tone}">${sign === 'spinner' ? html`<span class="spinner large"></span>` : icon(sign)}</span>
  <h2 class="title" tabindex="-1">${title}</h2>
  ${text ? html`<p class="text">${text}</p>` : nothing}
</div>`;
