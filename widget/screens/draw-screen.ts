/** From a screen's name to what is drawn: head, body, and one quiet line of reassurance at the foot. */

import { html, nothing } from 'lit';
import type { PaymentView } from '#contract';
import type { DeskProblem } from '../desk-problem.ts';
import type { Language } from '../messages/language.ts';
import { icon } from '../parts/icon.ts';
import { merchantHeader } from '../parts/merchant-header.ts';
import { skeleton } from '../parts/skeleton.ts';
import { checkingScreen } from './checking-screen.ts';
import { endedScreen } from './ended-screen.ts';
import { type EnterRoom, enterScreen } from './enter-screen.ts';
import { loadErrorScreen } from './load-error-screen.ts';
import { paidScreen } from './paid-screen.ts';
import type { ScreenContext, ScreenName } from './screen.ts';

export interface Drawing extends Omit<ScreenContext, 'view'> {
  name: ScreenName;
  view: PaymentView | null;
  loadProblem: DeskProblem | null;
  room: EnterRoom;
}

export function drawScreen({ name, view, loadProblem, language, now, recheck, room }: Drawing) {
  if (name === 'load_error' && loadProblem)
    return html`<div class="screen">${loadErrorScreen(loadProblem, language, recheck)}</div>`;
  if (!view || name === 'loading' || name === 'load_error') return skeleton(language.texts);
  const context = { view, language, now, recheck };
  return html`<div class="screen" data-screen=${name}>
      ${name === 'paid' || name === 'checking' ? nothing : merchantHeader(view, language)}
      ${bodyOf(name, context, room)}
    </div>
    <footer part="footer" class="footer">
      <slot name="footer">${name === 'enter' || name === 'paid' || name === 'checking' ? html`${icon('lock')}<p>${footOf(name, language)}</p>` : nothing}</slot>
    </footer>`;
}

function bodyOf(name: Exclude<ScreenName, 'loading' | 'load_error'>, context: ScreenContext, room: EnterRoom) {
  if (name === 'enter') return enterScreen(context, room);
  if (name === 'paid') return paidScreen(context);
  if (name === 'checking' || name === 'review') return checkingScreen(context, name === 'review');
  return endedScreen(context, name);
}

const footOf = (name: 'enter' | 'paid' | 'checking', { texts }: Language) =>
  ({ enter: texts.codeFoot, paid: texts.paidFoot, checking: texts.checkingFoot })[name];
