/** From a screen's name to what is drawn: head, body, and one quiet line of reassurance at the foot. */

import { html, nothing } from 'lit';
import type { DeskPicture } from '../desk-picture.ts';
import type { Language } from '../messages/language.ts';
import type { RoomAction } from '../methods/method-form.ts';
import { plainFault } from '../parts/fallback.ts';
import { lock } from '../parts/icons/lock.ts';
import { icon } from '../parts/icons.ts';
import { notice } from '../parts/notice.ts';
import { merchantHeader } from '../parts/page.ts';
import { plainWords } from '../parts/plain-words.ts';
import { skeleton } from '../parts/skeleton.ts';
import type { ScreenName } from '../session/screen-name.ts';
import { type Entry, enterScreen, offerOf } from './enter-screen.ts';
import type { LaterScreens } from './later-loader.ts';
import type { ScreenContext } from './screen-context.ts';

export interface Drawing extends DeskPicture, Omit<ScreenContext, 'view' | 'texts'>, Omit<Entry, keyof DeskPicture> {
  /** Null until they are fetched. */
  later: LaterScreens | null;
}

export const drawScreen = (drawing: Drawing) => {
  const { screen, language, view } = drawing;
  const foot = footOf(screen, language, offerOf(drawing.offered, drawing.chosen)?.action.kind);
  return html`<div class="screen ${screen}">${bodyOf(drawing)}</div>
    ${notice(drawing.notice)}
    ${view?.test && screen !== 'loading' ? html`<p class="test">${language.texts.testMode}</p>` : nothing}
    <div part="footer" class="footer">
      <slot name="footer">${foot ? html`${icon(lock)}<p>${foot}</p>` : nothing}</slot>
    </div>`;
};

function bodyOf({ screen: name, view, loadProblem, later, ...rest }: Drawing) {
  const { language, recheck } = rest;
  if (name === 'load_error' && loadProblem) return (later?.loadErrorScreen ?? plainFault)(loadProblem, language, recheck);
  if (!view || name === 'loading' || name === 'load_error') return skeleton(language.texts);
  if (name === 'enter') return html`${merchantHeader(view, language)}${enterScreen({ ...rest, view })}`;
  if (!later || !language.whole) return html`${merchantHeader(view, language)}${plainWords(name, view, language)}`;
  return later.drawLater(name, { ...rest, view, texts: language.whole });
}

function footOf(name: ScreenName, { texts, whole }: Language, kind?: RoomAction['kind']): string {
  if (kind === 'enter_code' && name === 'enter') return texts.codeFoot;
  if (!whole) return '';
  // Choosing a wallet needs none, and the room of cards has its own.
  if (name === 'enter' && kind === 'send_sms') return whole.sms.foot;
  if (name === 'enter') return kind === 'transfer' || kind === 'confirm' ? whole.transfer.foot : '';
  if (name === 'paid') return whole.paidFoot;
  return name === 'checking' || name === 'review' ? whole.checkingFoot : '';
}
