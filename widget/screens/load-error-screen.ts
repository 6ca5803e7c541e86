/** Nothing to show: says why in words, offers another try, and what the merchant put in the slot `fallback`. */
import { html, nothing } from 'lit';
import type { DeskProblem } from '../desk-problem.ts';
import type { Language } from '../messages/language.ts';
import { problemText } from '../messages/problem-text.ts';
import { alert } from '../parts/icons/alert.ts';
import { icon } from '../parts/icons.ts';
import { referenceRow } from '../parts/reference-row.ts';
import { status } from '../parts/status.ts';

export const loadErrorScreen = (problem: DeskProblem, language: Language, retry: () => void) => {
  const { texts } = language;
  return html`${status(icon(alert), 'bad', texts.titles.load_error, problemText(problem, language, null))}
    ${problem.ref ? referenceRow(problem.ref, texts) : nothing}
    <button part="submit" class="submit" type="button" @click=${retry}>${texts.tryAgain}</button>
    <slot name="fallback"></slot>`;
};
