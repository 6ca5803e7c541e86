/** Nothing to show: says why in words, offers another try where it can help, and what the merchant put in the slot `fallback`. */
import { html, nothing } from 'lit';
import type { DeskProblem } from '../desk-problem.ts';
import type { Language } from '../messages/language.ts';
import { problemText } from '../messages/problem-text.ts';
import { status } from '../parts/status.ts';

export const loadErrorScreen = (problem: DeskProblem, language: Language, retry: () => void) => {
  const { texts } = language;
  const text = problem.code === 'network' ? texts.loadErrorNetwork : problemText(problem, language, null);
  return html`${status({ sign: 'alert', tone: 'bad', title: texts.loadErrorTitle, text })}
    ${problem.ref ? html`<p class="aside">${texts.reference} <span class="copy-value">${problem.ref}</span></p>` : nothing}
    <div class="actions"><button part="submit" class="submit" type="button" @click=${retry}>${texts.tryAgain}</button></div>
    <slot name="fallback"></slot>`;
};
