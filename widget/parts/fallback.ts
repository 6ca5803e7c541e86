/** Why there is nothing to show, until the drawing of it has come, and instead of it where it cannot be fetched either. */
import { html, nothing } from 'lit';
import type { PaymentView } from '#contract';
import type { Language } from '../messages/language.ts';
import { problemText } from '../messages/problem-text.ts';
import type { DeskProblem } from '../session/bff-client.ts';
import type { ScreenName } from '../session/screen-name.ts';
import { amount } from './page.ts';

export const plainFault = (problem: DeskProblem, language: Language, retry: () => void) => html`<div part="status" class="status">
    <h2 class="title" tabindex="-1">${language.texts.titles.load_error}</h2>
    <p>${problemText(problem, language, null)}</p>
  </div>
  <button part="submit" class="submit" type="button" @click=${retry}>${language.texts.tryAgain}</button>
  <slot name="fallback"></slot>`;

/** A screen in plain words, until its drawing has come, and instead of it where it cannot be fetched: never a blank, and never a doubt about money. */
export const plainWords = (name: ScreenName, view: PaymentView, language: Language) => {
  const { titles, reference, problems } = language.texts;
  return html`<div part="status" class="status">
    <h2 class="title" tabindex="-1">${titles[name]}</h2>
    ${name === 'paid' ? amount(view.amountPaid || view.due, view.currency, language) : nothing}
    ${name === 'session' ? html`<p class="text">${problems.unauthorized}</p>` : nothing}
    <p>${reference}: ${view.reference}</p>
  </div>`;
};
