/** Where to transfer to, row by row, and the field for the number of the transfer; the picture too, where the wallet wants one. */
import { html, nothing } from 'lit';
import type { Transfer } from '#contract';
import { fill } from '../../messages/fill.ts';
import type { TransferMessages } from '../../messages/transfer/transfer-messages.ts';
import { backLink } from '../../parts/back-link.ts';
import { field } from '../../parts/form.ts';
import { clock } from '../../parts/icons/clock.ts';
import { icon } from '../../parts/icons.ts';
import { referenceRow } from '../../parts/reference-row.ts';
import { status } from '../../parts/status.ts';
import { submitButton } from '../../parts/submit-button.ts';
import type { RoomContext } from '../method-form.ts';
import { pictureField } from './picture-field.ts';
import { requisiteRows } from './requisite-rows.ts';

interface Steps extends RoomContext<Transfer> {
  texts: TransferMessages;
  error: string;
  /** What the error is about. */
  about: 'number' | 'picture';
  onNumber(event: Event): void;
  onPicture(file: File | undefined): void;
  onLeave(): void;
}

/** Longer is no hurry, and reads as a number of something else. */
const shownBelowMs = 2 * 3_600_000;

export function transferSteps(of: Steps) {
  const { action, texts, language, view, draft, problem, error, about, busy, disabled, buttonless, now } = of;
  const words = { wallet: action.walletName };
  const { whole } = language;
  const over = view.status === 'expired' || view.status === 'canceled';
  const left = () => Date.parse(view.expiresAt) - now();
  const named = problem?.ref && !/^(number|transfer|screenshot)_/.test(problem.code);
  const again = problem?.code === 'transfer_not_found' || problem?.code === 'number_checking';
  return html`${over ? status(icon(clock), 'calm', language.texts.titles[view.status === 'expired' ? 'expired' : 'canceled'], texts.late) : nothing}
    <ol class="steps">
      <li>
        ${over ? html`<p class="label">${texts.askedFor}</p>` : html`<p class="step">${fill(action.how ? texts.how[action.how] : texts.step1, words)}</p>`}
        ${requisiteRows(action, view.currency, language)}
        ${action.exactAmount ? html`<p class="note">${texts.exact}</p>` : nothing}
        ${!over && left() < shownBelowMs ? html`<pay-countdown class="countdown" part="countdown" .left=${left} .text=${texts.timeLeft}></pay-countdown>` : nothing}
      </li>
      <li>
        ${over ? nothing : html`<p class="step">${texts.step2}</p>`}
        ${field({
          id: 'transaction-number',
          label: texts.number,
          value: draft.number,
          hint: fill(texts.numberHint, words),
          error: about === 'number' ? error : '',
          invalid: about === 'number' && error !== '',
          inputMode: action.number.inputMode,
          // A whole SMS may be pasted.
          maxLength: 1000,
          disabled,
          readonly: busy,
          onInput: of.onNumber,
        })}
        ${
          action.screenshot
            ? pictureField({
                texts,
                picture: draft.picture,
                error: about === 'picture' ? error : '',
                disabled: disabled || busy,
                onPicture: of.onPicture,
              })
            : nothing
        }
      </li>
    </ol>
    ${named ? referenceRow(problem.ref, language.texts) : nothing}
    ${buttonless ? nothing : submitButton({ label: again ? texts.again : texts.send, busyLabel: texts.sending, busy, disabled })}
    ${
      view.status === 'awaiting_customer'
        ? html`<button part="secondary" class="secondary" type="button" ?disabled=${disabled || busy} @click=${of.onLeave}>
            ${texts.other}
          </button>`
        : nothing
    }
    ${over && whole ? backLink(view.returnUrls.fail, view.merchantName, whole, 'secondary') : nothing}`;
}
