/** The field for the code that comes back by SMS, what to do while it does not come, and the way out. */
import { html, nothing } from 'lit';
import { field } from '../../parts/form.ts';
import { referenceRow } from '../../parts/reference-row.ts';
import { submitButton } from '../../parts/submit-button.ts';
import { excessConsent } from '../excess-consent.ts';
import type { SmsRoom } from './sms-room.ts';

interface CodeBack extends SmsRoom {
  /** The error is about what was typed. */
  invalid: boolean;
  /** What stands in the field. */
  shown: string | undefined;
  onInput(event: InputEvent): void;
  /** The code is worth more than is due: shall it be used all the same? */
  asks: boolean;
  /** Milliseconds until the next try. */
  locked(): number;
}

export function enterCodeBack(of: CodeBack) {
  const { texts, language, problem, error, invalid, busy, disabled, buttonless } = of;
  const locked = of.locked() > 0;
  return html`${field({
    id: 'sms-pay-code',
    label: texts.code,
    value: of.shown,
    hint: texts.codeHint,
    error,
    invalid,
    autocomplete: 'one-time-code',
    disabled,
    readonly: busy,
    onInput: of.onInput,
  })}
    ${
      locked
        ? html`<pay-countdown part="countdown" class="countdown" role="timer" aria-live="off" .left=${of.locked} .text=${language.texts.retryIn}></pay-countdown>`
        : nothing
    }
    ${problem?.ref && error && !invalid && !locked ? referenceRow(problem.ref, language.texts) : nothing}
    ${
      of.asks
        ? excessConsent(of, texts)
        : buttonless
          ? nothing
          : submitButton({
              label: texts.use,
              busyLabel: language.texts.sending,
              busy,
              disabled: disabled || locked,
            })
    }
    ${of.long ? html`<div class="no-code"><p class="label">${texts.noCode}</p><p class="text">${texts.noCodeHelp}</p></div>` : nothing}
    <button part="secondary" class="secondary" type="button" ?disabled=${disabled} aria-disabled=${busy} @click=${of.onLeave}>${texts.other}</button>`;
}
