/** The room of cards as it is seen: the step, what is wrong with it, what can be done. */
import { html, nothing } from 'lit';
import type { CardMessages } from '../../messages/card/card-messages.ts';
import { fill } from '../../messages/fill.ts';
import { errorNote } from '../../parts/error-note.ts';
import { referenceRow } from '../../parts/reference-row.ts';
import { submitButton } from '../../parts/submit-button.ts';
import type { RoomContext } from '../method-form.ts';
import { anotherCode } from './another-code.ts';
import type { CardErrors } from './card-errors.ts';
import { cardFoot } from './card-foot.ts';
import type { CardPlace } from './card-place.ts';
import type { CardStep } from './card-state.ts';
import { enterCard } from './enter-card.ts';
import { enterSmsCode } from './enter-sms-code.ts';

export interface CardRoom extends RoomContext {
  texts: CardMessages;
  step: CardStep;
  errors: CardErrors;
  /** What the button says while a try is on its way. */
  busyText: string;
  /** The click pays; otherwise an SMS comes first. */
  pays: boolean;
  /** The saved card that is asked about; '' for none. */
  asked: string;
  /** Milliseconds until the next try. */
  locked(): number;
  /** Milliseconds until another SMS may be asked for. */
  untilResend(): number;
  /** What stands in a field. */
  shownIn(place: CardPlace): string;
  onType(place: CardPlace, event: InputEvent): void;
  onSave(save: boolean): void;
  onChoose(id: string): void;
  onAsk(id: string): void;
  onRemove(id: string): void;
  onResend(): void;
  onOther(): void;
}

export function drawCard(of: CardRoom) {
  // A button that is disabled loses the focus: while busy they only say so, and the desk does one thing at a time.
  const { step, errors, texts, language, view, problem, busy, disabled, buttonless } = of;
  const { sms, action } = step;
  const locked = of.locked() > 0;
  return html`${sms ? enterSmsCode({ ...of, sms }) : action ? enterCard({ ...of, ...step, action }) : nothing}
    ${errors.form ? errorNote(errors.form) : nothing}
    ${
      locked
        ? html`<pay-countdown part="countdown" class="countdown" role="timer" aria-live="off" .left=${of.locked} .text=${language.texts.retryIn}></pay-countdown>`
        : nothing
    }
    ${errors.form && problem?.ref && unexplained.test(problem.code) ? referenceRow(problem.ref, language.texts) : nothing}
    ${
      buttonless
        ? nothing
        : submitButton({
            label: of.pays ? fill(language.texts.pay, { amount: language.money(view.due, view.currency) }) : texts.getCode,
            busyLabel: of.busyText,
            busy,
            disabled: disabled || locked,
          })
    }
    ${
      sms
        ? html`<div class="instead">
            ${anotherCode({ ...of, never: sms.resendAt === null })}
            <button part="secondary" class="secondary" type="button" ?disabled=${disabled} aria-disabled=${busy} @click=${of.onOther}>${texts.other}</button>
          </div>`
        : nothing
    }
    ${cardFoot(sms ? null : action, texts)}`;
}

/** Where support can be told what a customer cannot know. */
const unexplained = /^(internal|provider_unavailable|idempotency_conflict|invalid_request|too_large|busy)$/;
