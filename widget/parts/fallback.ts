/** Why there is nothing to show, until the drawing of it has come, and instead of it where it cannot be fetched either. */
import { html } from 'lit';
import type { DeskProblem } from '../desk-problem.ts';
import type { Language } from '../messages/language.ts';
import { problemText } from '../messages/problem-text.ts';

export const plainFault = (problem: DeskProblem, language: Language, retry: () => void) => html`<div part="status" class="status">
    <h2 class="title" tabindex="-1">${language.texts.titles.load_error}</h2>
    <p>${problemText(problem, language, null)}</p>
  </div>
  <button part="submit" class="submit" type="button" @click=${retry}>${language.texts.tryAgain}</button>
  <slot name="fallback"></slot>`;
