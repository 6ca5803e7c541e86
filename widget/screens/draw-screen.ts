/** From a screen's name to what is drawn: head, body, and one quiet line of reassurance at the foot. */

import { html, nothing } from 'lit';
import type { PaymentView } from '#contract';
import type { DeskProblem } from '../desk-problem.ts';
import type { FirstMessages } from '../messages/messages.ts';
import { icon } from '../parts/icon.ts';
import { merchantHeader } from '../parts/merchant-header.ts';
import { notice } from '../parts/notice.ts';
import { plainWords } from '../parts/plain-words.ts';
import { skeleton } from '../parts/skeleton.ts';
import { type Entry, enterScreen } from './enter-screen.ts';
import type { LaterScreens } from './later-loader.ts';
import { loadErrorScreen } from './load-error-screen.ts';
import type { ScreenContext } from './screen-context.ts';
import type { ScreenName } from './screen-name.ts';

export interface Drawing extends Omit<ScreenContext, 'view' | 'texts'>, Omit<Entry, 'view'> {
  name: ScreenName;
  view: PaymentView | null;
  loadProblem: DeskProblem | null;
  /** Null until they are fetched. */
  later: LaterScreens | null;
  /** One line about the circumstances; '' for none. */
  notice: string;
}

export const drawScreen = (drawing: Drawing) => {
  const { name, language, view } = drawing;
  const foot = footOf(name, language.texts);
  return html`<div class="screen ${name}">${bodyOf(drawing)}</div>
    ${notice(drawing.notice)}
    ${view?.test && name !== 'loading' ? html`<p class="test">${language.texts.testMode}</p>` : nothing}
    <footer part="footer" class="footer">
      <slot name="footer">${foot ? html`${icon('lock')}<p>${foot}</p>` : nothing}</slot>
    </footer>`;
};

function bodyOf({ name, view, loadProblem, later, ...rest }: Drawing) {
  const { language, recheck } = rest;
  if (name === 'load_error' && loadProblem) return loadErrorScreen(loadProblem, language, recheck);
  if (!view || name === 'loading' || name === 'load_error') return skeleton(language.texts);
  if (name === 'enter') return html`${merchantHeader(view, language)}${enterScreen({ ...rest, view })}`;
  if (!later || !language.whole)
    return html`${merchantHeader(view, language)}${plainWords(language.texts.titles[name], `${language.texts.reference}: ${view.reference}`)}`;
  const context = { ...rest, view, texts: language.whole };
  if (name === 'paid') return later.paidScreen(context);
  if (name === 'checking') return later.checkingScreen(context, false);
  return html`${merchantHeader(view, language)}
    ${name === 'review' ? later.checkingScreen(context, true) : later.endedScreen(context, name)}`;
}

function footOf(name: ScreenName, texts: FirstMessages): string {
  if (name === 'enter') return texts.codeFoot;
  if (name === 'paid') return texts.paidFoot;
  return name === 'checking' || name === 'review' ? texts.checkingFoot : '';
}
