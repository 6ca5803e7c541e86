/** The amount, the ways to pay where there are several, and the room of the chosen one. */

import { html, nothing } from 'lit';
import type { PaymentMethod } from '#contract';
import type { RoomContext } from '../methods/method-room.ts';
import type { OfferedMethod } from '../methods/offered-methods.ts';
import { amount } from '../parts/amount.ts';
import { methodList } from '../parts/method-list.ts';
import '../methods/pay-code/pay-code-form.ts';

export interface Entry extends Omit<RoomContext, 'action'> {
  offered: readonly OfferedMethod[];
  chosen: PaymentMethod | null;
  onChoose(method: PaymentMethod): void;
  /** A room that is no part of the first download has not come yet, though it was asked for. */
  roomMissed: boolean;
}

export function enterScreen({ offered, chosen, onChoose, roomMissed, ...room }: Entry) {
  const offer = offerOf(offered, chosen);
  if (!offer) return nothing;
  const { view, language, disabled, busy } = room;
  const methods = offered.map(({ method }) => method);
  return html`${amount(view.due, view.currency, language)}
    ${
      methods.length > 1
        ? methodList({ methods, chosen: offer.method, disabled: disabled || busy, texts: language.texts, onChoose })
        : nothing
    }
    ${
      offer.action.kind === 'enter_code'
        ? html`<pay-code-form class="room" .context=${{ ...room, action: offer.action }}></pay-code-form>`
        : html`<wallet-form class="room" .context=${{ ...room, action: offer.action }}></wallet-form>
          ${roomMissed ? html`<p class="text">${language.texts.unreachable}</p>` : nothing}`
    }`;
}

/** The one that is drawn: as chosen, or the first. */
export const offerOf = (offered: readonly OfferedMethod[], chosen: PaymentMethod | null): OfferedMethod | undefined =>
  offered.find(({ method }) => method === chosen) ?? offered[0];
