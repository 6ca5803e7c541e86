/** Renders the steps of the wallet form: choosing a wallet, transferring, and the warning before a second payment. */
import { html, nothing } from 'lit';
import type { ChooseWallet, Transfer } from '#contract';
import { fill } from '../../messages/format.ts';
import type { Language } from '../../messages/language.ts';
import type { TransferMessages } from '../../messages/messages.ts';
import { field, submitButton } from '../../parts/form.ts';
import { icon, referenceRow } from '../../parts/page.ts';
import { backLink, clock, errorNote, plainAmount, requisiteRow, status } from '../../parts/rows.ts';
import type { MethodFormProps } from '../method-form.ts';
import { pictureField } from './picture-field.ts';

interface TransferSteps extends MethodFormProps<Transfer> {
  texts: TransferMessages;
  error: string;
  /** What the error is about. */
  about: 'number' | 'picture';
  /** The address of the chosen picture; '' without one. */
  preview: string;
  /** Milliseconds until the next number may be submitted; 0 where it may. */
  locked(): number;
  onNumber(event: Event): void;
  onPicture(file: File | undefined): void;
  onLeave(): void;
}

/** A countdown of more hours is no help, and looks like a number of something else. */
const countdownBelowMs = 2 * 3_600_000;

/** Where to transfer to, the field for the transaction number, and the field for a screenshot where the wallet needs one. */
export function transferSteps(steps: TransferSteps) {
  const { action, texts, language, view, draft, problem, error, about, busy, disabled, buttonless, now } = steps;
  const values = { wallet: action.walletName };
  const { whole } = language;
  const over = view.status === 'expired' || view.status === 'canceled';
  const left = () => Date.parse(view.expiresAt) - now();
  const locked = steps.locked() > 0;
  const showReference = problem?.reference && !locked && !/^(transaction_number|number|transfer|screenshot)_/.test(problem.code);
  const again = problem?.code === 'transfer_not_found' || problem?.code === 'number_checking';
  return html`${over ? status(icon(clock), 'calm', language.texts.titles[view.status === 'expired' ? 'expired' : 'canceled'], texts.late) : nothing}
    <ol class="steps">
      <li>
        ${over ? html`<p class="label">${texts.askedFor}</p>` : html`<p class="step">${fill(action.how ? texts.how[action.how] : texts.step1, values)}</p>`}
        ${requisiteRows(action, view.currency, language)}
        ${action.exactAmount ? html`<p class="note">${texts.exact}</p>` : nothing}
        ${!over && left() < countdownBelowMs ? html`<pay-countdown class="countdown" part="countdown" .left=${left} .text=${texts.timeLeft}></pay-countdown>` : nothing}
      </li>
      <li>
        ${over ? nothing : html`<p class="step">${texts.step2}</p>`}
        ${field({
          id: 'transaction-number',
          label: texts.number,
          value: draft.number,
          hint: fill(texts.numberHint, values),
          error: about === 'number' ? error : '',
          invalid: about === 'number' && error !== '',
          inputMode: action.number.inputMode,
          mixedCase: action.number.mixedCase,
          // The customer may paste a whole SMS.
          maxLength: 1000,
          disabled,
          readonly: busy,
          onInput: steps.onNumber,
        })}
        ${
          action.screenshot
            ? pictureField({
                texts,
                picture: draft.picture,
                preview: steps.preview,
                error: about === 'picture' ? error : '',
                disabled: disabled || busy,
                onPicture: steps.onPicture,
              })
            : nothing
        }
      </li>
    </ol>
    ${showReference ? referenceRow(problem.reference, language.texts) : nothing}
    ${locked ? html`<pay-countdown part="countdown" class="countdown" role="timer" aria-live="off" .left=${steps.locked} .text=${language.texts.retryIn}></pay-countdown>` : nothing}
    ${buttonless ? nothing : submitButton({ label: again ? texts.again : texts.send, busyLabel: texts.sending, busy, disabled: disabled || locked })}
    ${
      view.status === 'awaiting_customer'
        ? html`<button part="secondary" class="secondary" type="button" ?disabled=${disabled || busy} @click=${steps.onLeave}>
            ${texts.other}
          </button>`
        : nothing
    }
    ${over && whole ? backLink(view.returnUrls.fail, view.merchantName, whole, 'secondary') : nothing}`;
}

interface WalletChoice extends MethodFormProps<ChooseWallet> {
  texts: TransferMessages;
  error: string;
  chosen: string;
  onChoose(walletType: string): void;
}

/** Native radios, or a sentence where there is only one wallet. Choosing pays nothing yet. */
export function chooseWallet({ action, texts, error, chosen, busy, disabled, buttonless, onChoose }: WalletChoice) {
  const { wallets } = action;
  const [only] = wallets;
  if (!only) return html`<p class="text">${texts.none}</p>`;
  return html`${
    wallets.length === 1
      ? html`<p class="wallet">${walletMark(only.name)}<span>${fill(texts.only, { wallet: only.name })}</span></p>`
      : html`<div class="field wallets">
          <p class="label" id="wallets-label">${texts.choose}</p>
          <fieldset class="methods" aria-labelledby="wallets-label" ?disabled=${disabled || busy}>
          ${wallets.map(
            ({ walletType, name }) => html`<label class="method">
              <input type="radio" name="wallet" value=${walletType} .checked=${walletType === chosen} @change=${() => onChoose(walletType)} />
              ${walletMark(name)}<span>${name}</span>
            </label>`,
          )}
        </fieldset></div>`
  }
  ${error ? errorNote(error) : nothing}
  ${buttonless ? nothing : submitButton({ label: texts.show, busyLabel: texts.asking, busy, disabled })}`;
}

/**
 * A warning: an earlier transfer may still be found, or an earlier payment may still receive its money. Without it the customer
 * might pay twice.
 */
export function confirmSecond(
  { view, busy, disabled, buttonless }: MethodFormProps,
  texts: TransferMessages,
  onAcknowledge: () => void,
) {
  const wallet = view.attempt?.transfer?.walletName;
  const { nextAction } = view;
  const earlier = nextAction.kind === 'confirm' && nextAction.reason === 'earlier_payment';
  const [title, text, label] = earlier
    ? [texts.earlierTitle, texts.earlierText, texts.earlierGo]
    : [texts.confirmTitle, texts.confirmText, texts.confirmGo];
  return html`${status(icon(clock), 'calm', title, text)}
    ${
      wallet && !buttonless
        ? submitButton({ label: fill(texts.confirmBack, { wallet }), busyLabel: texts.asking, busy, disabled })
        : nothing
    }
    <button part="secondary" class="secondary" type="button" ?disabled=${disabled || busy} @click=${onAcknowledge}>${label}</button>`;
}

/** Where and how much to transfer, each with a copy button. The amount is copied in the format that wallet apps accept. */
function requisiteRows(action: Transfer, currency: string, { whole, money }: Language) {
  if (!whole) return '';
  const { captions } = whole.transfer;
  const nameOf = ({ key, caption }: Transfer['requisites'][number]) =>
    fill(captions[key] ?? caption ?? key, { wallet: action.walletName });
  return html`<dl part="requisites" class="requisites">
    ${action.requisites.map((requisite) => requisiteRow(nameOf(requisite), requisite.value, whole))}
    ${requisiteRow(whole.amount, plainAmount(action.amount, currency), whole, money(action.amount, currency))}
  </dl>`;
}

/** The mark of a wallet: its first letter on a tile. The name stands beside it. */
const walletMark = (name: string) => html`<span class="wallet-mark" aria-hidden="true">${[...name][0]}</span>`;
