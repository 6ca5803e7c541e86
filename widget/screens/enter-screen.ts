/** The amount, the ways to pay where there are several, and the room of the chosen one. */

import { html, nothing, type TemplateResult } from 'lit';
import type { PaymentMethod } from '#contract';
import type { OfferedMethod } from '../methods/choose-method.ts';
import type { RoomContext } from '../methods/method-form.ts';
import { amount } from '../parts/amount.ts';
import { methodList } from '../parts/method-list.ts';
import '../methods/pay-code/pay-code-form.ts';
import { type RoomTag, roomOf } from './room-of.ts';

export interface Entry extends Omit<RoomContext, 'action'> {
  offered: readonly OfferedMethod[];
  chosen: PaymentMethod | null;
  onChoose(method: PaymentMethod): void;
  /** Rooms that are no part of the first download and have not come yet, though they were asked for. */
  missed: ReadonlySet<RoomTag>;
}

export function enterScreen({ offered, chosen, onChoose, missed, ...room }: Entry) {
  const offer = offerOf(offered, chosen);
  if (!offer) return nothing;
  const { view, language, disabled, busy } = room;
  const methods = offered.map(({ method }) => method);
  const tag = roomOf(offer.action, room.source.apiBase, location.origin);
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

const rooms: Record<RoomTag, (context: RoomContext) => TemplateResult> = {
  'pay-code-form': (context) => html`<pay-code-form class="room" .context=${context}></pay-code-form>`,
  'sms-form': (context) => html`<sms-form class="room" .context=${context}></sms-form>`,
  'wallet-form': (context) => html`<wallet-form class="room" .context=${context}></wallet-form>`,
  'card-form': (context) => html`<card-form class="room" .context=${context}></card-form>`,
  'card-frame': (context) => html`<card-frame class="room" .context=${context}></card-frame>`,
};

/** The one that is drawn: as chosen, or the first. */
export const offerOf = (offered: readonly OfferedMethod[], chosen: PaymentMethod | null): OfferedMethod | undefined =>
  offered.find(({ method }) => method === chosen) ?? offered[0];
