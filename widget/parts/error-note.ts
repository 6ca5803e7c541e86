/** What is wrong, in words with a sign. */
import { html, nothing } from 'lit';
import { alert } from './icons/alert.ts';
import { icon } from './icons.ts';

export const errorNote = (text: string, id = '') =>
  html`<p id=${id || nothing} part="error" class="note error">${icon(alert)}<span>${text}</span></p>`;
