/** From a screen's name to what is drawn: head, body, and one quiet line of reassurance at the foot. */

import { html, nothing } from 'lit';
import type { PaymentView } from '#contract';
import type { DeskProblem } from '../desk-problem.ts';
import type { Messages } from '../messages/messages.ts';
import { icon } from '../parts/icon.ts';
import { merchantHeader } from '../parts/merchant-header.ts';
import { skeleton } from '../parts/skeleton.ts';
import { checkingScreen } from './checking-screen.ts';
import { endedScreen } from './ended-screen.ts';
import { type Entry, enterScreen } from './enter-screen.ts';
import { loadErrorScreen } from './load-error-screen.ts';
import { paidScreen } from './paid-screen.ts';
import type { ScreenContext } from './screen-context.ts';
import type { ScreenName } from './screen-name.ts';

export interface Drawing extends Omit<ScreenContext, 'view'>, Omit<Entry, 'view'> {
  name: ScreenName;
  view: PaymentView | null;
  loadProblem: DeskProblem | null;
}

export const drawScreen = (drawing: Drawing) => {
  const { name, language, view } = drawing;
  const foot = footOf(name, language.texts);
  return html`<div class="screen ${name}">${bodyOf(drawing)}</div>
    ${view?.test && name !== 'loading' ? html`<p class="test">${language.texts.testMode}</p>` : nothing}
    <footer part="footer" class="footer">
      <slot name="footer">${foot ? html`${icon('lock')}<p>${foot}</p>` : nothing}</slot>
    </footer>`;
};

function bodyOf({ name, view, loadProblem, ...rest }: Drawing) {
  const { language, recheck } = rest;
  if (name === 'load_error' && loadProblem) return loadErrorScreen(loadProblem, language, recheck);
  if (!view || name === 'loading' || name === 'load_error') return skeleton(language.texts);
  const context = { ...rest, view };
  if (name === 'paid') return paidScreen(context);
  if (name === 'checking') return checkingScreen(context, false);
  return html`${merchantHeader(view, language)}
    ${name === 'enter' ? enterScreen(context) : name === 'review' ? checkingScreen(context, true) : endedScreen(context, name)}`;
}

function footOf(name: ScreenName, texts: Messages): string {
  if (name === 'enter') return texts.codeFoot;
  if (name === 'paid') return texts.paidFoot;
  return name === 'checking' || name === 'review' ? texts.checkingFoot : '';
}
