/** From a screen's name to what is drawn: head, body, and one quiet line of reassurance at the foot. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PaymentMethod } from '#contract';
import type { Language } from '../messages/language.ts';
import { type FormTag, formFor, type OfferedMethod } from '../methods/choose-method.ts';
import type { FormAction, MethodFormProps } from '../methods/method-form.ts';
import { plainFault, plainWords } from '../parts/fallback.ts';
import { methodList } from '../parts/form.ts';
import { icon, lock } from '../parts/icons.ts';
import { amount, merchantHeader, notice, skeleton } from '../parts/page.ts';
import type { ScreenName } from '../session/screen-name.ts';
import type { LaterScreens } from './later-loader.ts';
import type { ScreenContext } from './screen-context.ts';
import type { ViewState } from './view-state.ts';
import '../methods/pay-code/pay-code-form.ts';

export interface ScreenInput extends ViewState, Omit<ScreenContext, 'view' | 'texts'>, Omit<EntryInput, keyof ViewState> {
  /** Null until they are fetched. */
  later: LaterScreens | null;
}

export const renderScreen = (drawing: ScreenInput) => {
  const { screen, language, view } = drawing;
  const foot = footOf(screen, language, chosenMethod(drawing.offered, drawing.chosen)?.action.kind);
  return html`<div class="screen ${screen}">${bodyOf(drawing)}</div>
    ${notice(drawing.notice)}
    ${view?.test && screen !== 'loading' ? html`<p class="test">${language.texts.testMode}</p>` : nothing}
    <div part="footer" class="footer">
      <slot name="footer">${foot ? html`${icon(lock)}<p>${foot}</p>` : nothing}</slot>
    </div>`;
};

function bodyOf({ screen: name, view, loadProblem, later, ...rest }: ScreenInput) {
  const { language, recheck } = rest;
  if (name === 'load_error' && loadProblem) return (later?.loadErrorScreen ?? plainFault)(loadProblem, language, recheck);
  if (!view || name === 'loading' || name === 'load_error') return skeleton(language.texts);
  if (name === 'enter') return html`${merchantHeader(view, language)}${enterScreen({ ...rest, view })}`;
  if (!later || !language.whole) return html`${merchantHeader(view, language)}${plainWords(name, view, language)}`;
  return later.renderLater(name, { ...rest, view, texts: language.whole });
}

function footOf(name: ScreenName, { texts, whole }: Language, kind?: FormAction['kind']): string {
  if (kind === 'enter_code' && name === 'enter') return texts.codeFoot;
  if (!whole) return '';
  // Choosing a wallet needs none, and the room of cards has its own.
  if (name === 'enter' && kind === 'send_sms') return whole.sms.foot;
  if (name === 'enter') return kind === 'transfer' || kind === 'confirm' ? whole.transfer.foot : '';
  if (name === 'paid') return whole.paidFoot;
  return name === 'checking' || name === 'review' ? whole.checkingFoot : '';
}

/** The amount, the ways to pay where there are several, and the room of the chosen one. */
export interface EntryInput extends Omit<MethodFormProps, 'action'> {
  offered: readonly OfferedMethod[];
  chosen: PaymentMethod | null;
  onChoose(method: PaymentMethod): void;
  /** Rooms that are no part of the first download and have not come yet, though they were asked for. */
  missed: ReadonlySet<FormTag>;
}

export function enterScreen({ offered, chosen, onChoose, missed, ...room }: EntryInput) {
  const offer = chosenMethod(offered, chosen);
  if (!offer) return nothing;
  const { view, language, disabled, busy } = room;
  const methods = offered.map(({ method }) => method);
  const tag = formFor(offer.action, room.source.apiBase, location.origin);
  return html`${amount(view.due, view.currency, language)}
    <pay-discount hidden .context=${room}></pay-discount>
    ${
      methods.length > 1
        ? methodList({ methods, chosen: offer.method, disabled: disabled || busy, texts: language.texts, onChoose })
        : nothing
    }
    ${rooms[tag]({ ...room, action: offer.action })}
    ${missed.has(tag) ? html`<p class="text">${language.texts.unreachable}</p>` : nothing}`;
}

const rooms: Record<FormTag, (context: MethodFormProps) => TemplateResult> = {
  'pay-code-form': (context) => html`<pay-code-form class="room" .context=${context}></pay-code-form>`,
  'pay-sms-form': (context) => html`<pay-sms-form class="room" .context=${context}></pay-sms-form>`,
  'pay-wallet-form': (context) => html`<pay-wallet-form class="room" .context=${context}></pay-wallet-form>`,
  'pay-card-form': (context) => html`<pay-card-form class="room" .context=${context}></pay-card-form>`,
  'pay-card-frame': (context) => html`<pay-card-frame class="room" .context=${context}></pay-card-frame>`,
};

/** The one that is drawn: as chosen, or the first. */
export const chosenMethod = (offered: readonly OfferedMethod[], chosen: PaymentMethod | null): OfferedMethod | undefined =>
  offered.find(({ method }) => method === chosen) ?? offered[0];
