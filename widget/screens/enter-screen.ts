/** The amount, the ways to pay where there are several, and the room of the chosen one. */

import { html, nothing } from 'lit';
import type { PaymentMethod } from '#contract';
import type { DeskProblem } from '../desk-problem.ts';
import type { OfferedMethod } from '../methods/offered-methods.ts';
import type { PayCodeDraft } from '../methods/pay-code/pay-code-draft.ts';
import { amount } from '../parts/amount.ts';
import { methodList } from '../parts/method-list.ts';
import type { ScreenContext } from './screen.ts';
import '../methods/pay-code/pay-code-form.ts';

export interface EnterRoom {
  offered: readonly OfferedMethod[];
  chosen: PaymentMethod | null;
  onChoose(method: PaymentMethod): void;
  draft: PayCodeDraft;
  problem: DeskProblem | null;
  busy: boolean;
  disabled: boolean;
  buttonless: boolean;
}

export function enterScreen({ view, language, now }: ScreenContext, room: EnterRoom) {
  const offer = room.offered.find(({ method }) => method === room.chosen) ?? room.offered[0];
  if (!offer) return nothing;
  return html`${amount(view, language)}
    ${
      room.offered.length > 1
        ? methodList({
            methods: room.offered.map(({ method }) => method),
            chosen: offer.method,
            disabled: room.disabled || room.busy,
            texts: language.texts,
            onChoose: room.onChoose,
          })
        : nothing
    }
    <pay-code-form
      class="room"
      .view=${view}
      .action=${offer.action}
      .language=${language}
      .draft=${room.draft}
      .problem=${room.problem}
      .now=${now}
      .busy=${room.busy}
      .disabled=${room.disabled}
      .buttonless=${room.buttonless}
    ></pay-code-form>`;
}
