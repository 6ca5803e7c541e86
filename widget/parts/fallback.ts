/** Screens in plain text, shown until the later screens have arrived, and instead of them where they cannot be fetched. */
import { html, nothing } from 'lit';
import type { DeskProblem, PaymentView } from '#contract';
import type { Language } from '../messages/language.ts';
import type { ScreenName } from '../messages/messages.ts';
import { problemText } from '../messages/problem-text.ts';
import { amount } from './page.ts';

/** Why the payment cannot be shown, and a button that tries again. */
export const renderLoadError = (
  problem: DeskProblem,
  language: Language,
  retry: () => void,
) => html`<div part="status" class="status">
    <h2 class="title" tabindex="-1">${language.texts.titles.load_error}</h2>
    <p>${problemText(problem, language, null)}</p>
  </div>
  <button part="submit" class="submit" type="button" @click=${retry}>${language.texts.tryAgain}</button>
  <slot name="fallback"></slot>`;

/**
 * The screen's title, the amount if it is paid, and the reference. The customer never sees a blank, and never doubts where the
 * money is.
 */
export const renderPlainScreen = (name: ScreenName, view: PaymentView, language: Language) => {
  const { titles, reference, problems } = language.texts;
  return html`<div part="status" class="status">
    <h2 class="title" tabindex="-1">${titles[name]}</h2>
    ${name === 'paid' ? amount(view.amountPaid || view.due, view.currency, language) : nothing}
    ${name === 'session' ? html`<p class="text">${problems.unauthorized}</p>` : nothing}
    <p>${reference}: ${view.reference}</p>
  </div>`;
};
