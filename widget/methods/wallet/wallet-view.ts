/** Renders the steps of the wallet form: choosing a wallet, transferring, and the warning before a second payment. */
import { html, nothing } from 'lit';
import type { ChooseWallet, DeskProblem, Transfer } from '#contract';
import { fill } from '../../messages/format.ts';
import type { Language } from '../../messages/language.ts';
import type { TransferMessages } from '../../messages/messages.ts';
import { field, submitButton, untilRetry } from '../../parts/form.ts';
import { alert, icon, mark, referenceRow } from '../../parts/page.ts';
import { backLink, clock, groupedRequisite, plainAmount, problemPanel, requisiteRow, status } from '../../parts/rows.ts';
import type { MethodFormProps } from '../method-form.ts';
import { pictureField } from './picture-field.ts';

interface TransferSteps extends MethodFormProps<Transfer> {
  texts: TransferMessages;
  error: string;
  /** What the error is about. */
  about: 'number' | 'picture';
  /** The address of the chosen picture; '' without one. */
  preview: string;
  /** What was typed since cannot be sent. */
  wrong: boolean;
  /** Milliseconds until the next number may be submitted; 0 where it may. */
  locked(): number;
  onNumber(event: Event): void;
  onPicture(file: File | undefined): void;
  onLeave(): void;
}

/** Where to transfer to, the field for the transaction number, and the field for a screenshot where the wallet needs one. */
export function transferSteps(steps: TransferSteps) {
  const { action, texts, language, view, draft, problem, error, about, busy, disabled, buttonless } = steps;
  const values = { wallet: action.walletName };
  const over = view.status === 'expired' || view.status === 'canceled';
  const wait = untilRetry(steps.locked, language.texts.retryIn);
  const showReference = problem?.reference && !wait && !/^(transaction_number|number|transfer|screenshot)_/.test(problem.code);
  const again = isStillLookedFor(problem);
  const waits = again && about === 'number' && error !== '' && !steps.wrong;
  return html`${over ? status(icon(clock), 'over', language.texts.titles[view.status === 'expired' ? 'expired' : 'canceled'], texts.late) : nothing}
    <ol class="steps">
      <li>
        ${over ? html`<p class="label">${texts.askedFor}</p>` : html`<h2 class="step" tabindex="-1">${fill(action.how ? texts.how[action.how] : texts.step1, values)}</h2>`}
        ${requisiteRows(action, view.currency, language)}
        ${over ? nothing : html`<p class="note">${action.exactAmount ? texts.exact : ''} ${texts.own}</p>`}
      </li>
      <li>
        ${field({
          id: 'transaction-number',
          label: over ? texts.number : texts.step2,
          value: draft.number,
          hint: waits ? '' : fill(texts.numberHint, values),
          error: about === 'number' && !waits ? error : '',
          invalid: about === 'number' && error !== '' && !waits,
          paste: language.texts.paste,
          inputMode: action.number.inputMode,
          mixedCase: action.number.mixedCase,
          // The customer may paste a whole SMS.
          maxLength: 1000,
          disabled,
          readonly: busy,
          onInput: steps.onNumber,
        })}
        ${waits ? stillLooking(error) : whereIsNumber(texts, action)}
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
    ${buttonless ? wait : submitButton({ label: wait ?? (again ? texts.again : texts.send), busyLabel: texts.sending, busy, disabled: disabled || !!wait })}
    ${showReference ? referenceRow(problem.reference, language.texts) : nothing}
    ${
      view.status === 'awaiting_customer'
        ? html`<button part="secondary" class="secondary" type="button" ?disabled=${disabled || busy} @click=${steps.onLeave}>
            ${view.attempt?.submittedReference ? texts.instead : texts.other}
          </button>`
        : nothing
    }
    ${over && language.whole ? backLink(view.returnUrls.fail, view.merchantName, language.whole, 'secondary') : nothing}`;
}

/** The number may be right: the transfer has not been seen yet, and the server goes on looking. */
const isStillLookedFor = (problem: DeskProblem | null): boolean =>
  problem?.code === 'transfer_not_found' || problem?.code === 'number_checking';

/** It is no error, so it is not red: the customer waits, and what comes is shown by itself. */
const stillLooking = (text: string) => html`<div class="looking" id="looking">
  <span class="spinner"></span>
  <p>${text}</p>
</div>`;

/** Where wallets print the number: in an SMS, which is drawn. */
const whereIsNumber = (texts: TransferMessages, { walletName, number }: Transfer) => html`<details class="where">
  <summary>${texts.where}</summary>
  <p>${fill(texts.whereText, { wallet: walletName })}</p>
  <p class="bubble" dir="ltr" lang="en" aria-hidden="true">${walletName}: … Trx ID: <b>${number.inputMode === 'numeric' ? '1394646476' : 'CGK4R7X2QM'}</b></p>
</details>`;

/** The limit of numbers is reached: only the shop can help now, and the reference leads it to the transfer. */
export function noMoreNumbers(form: MethodFormProps, texts: TransferMessages, text: string, onLeave: () => void) {
  const { view, language, busy, disabled } = form;
  return html`${status(icon(alert), 'warn', texts.overTitle, text)}
    ${referenceRow(view.reference, language.texts)}
    ${language.whole ? backLink(view.returnUrls.fail, view.merchantName, language.whole) : nothing}
    ${
      view.status === 'awaiting_customer'
        ? html`<button part="secondary" class="secondary" type="button" ?disabled=${disabled || busy} @click=${onLeave}>${texts.instead}</button>`
        : nothing
    }`;
}

interface WalletChoice extends MethodFormProps<ChooseWallet> {
  texts: TransferMessages;
  error: string;
  chosen: string;
  /** The list of methods above has the wallets. */
  listed: boolean;
  onChoose(walletType: string): void;
  onLook(): void;
}

/**
 * Nothing but an error where the wallets stand in the list of methods. Else native radios, for a page with a button of its own, or where
 * there is only one wallet what comes next. Choosing pays nothing yet, but takes one of the merchant's accounts for this customer, so it
 * is never done without a click.
 */
export function chooseWallet({ action, texts, error, chosen, busy, disabled, buttonless, onChoose, ...form }: WalletChoice) {
  const { wallets } = action;
  const [only] = wallets;
  const { brands = {} } = form.view;
  if (!only) return noWallet({ ...form, busy, disabled }, texts);
  if (form.listed) return error ? problemPanel(error) : nothing;
  return html`${
    wallets.length === 1
      ? html`<p class="wallet">${mark(only.name, brands[only.walletType], `wallet-mark ${only.walletType}`)}<span>${fill(texts.only, { wallet: only.name })}</span></p>
        <ol class="steps ahead"><li>${texts.ahead}</li><li>${fill(texts.step1, { wallet: only.name })}</li><li>${texts.step2}</li></ol>`
      : html`<div class="field wallets">
          <p class="label" id="wallets-label">${texts.choose}</p>
          <fieldset class="methods" aria-labelledby="wallets-label" ?disabled=${disabled || busy}>
          ${wallets.map(
            ({ walletType, name }) => html`<label class="method">
              <input type="radio" name="wallet" value=${walletType} .checked=${walletType === chosen} @change=${() => onChoose(walletType)} />
              ${mark(name, brands[walletType], `wallet-mark ${walletType}`)}<span class="way">${name}</span>
            </label>`,
          )}
        </fieldset></div>`
  }
  ${error ? problemPanel(error) : nothing}
  ${buttonless ? nothing : submitButton({ label: texts.show, busyLabel: texts.asking, busy, disabled })}`;
}

/** No wallet takes transfers now: says so, and that nothing is lost by looking again. */
const noWallet = (
  { view, language, busy, disabled, onLook }: Pick<WalletChoice, 'view' | 'language' | 'busy' | 'disabled' | 'onLook'>,
  texts: TransferMessages,
) => html`${status(icon(clock), 'over', texts.noneTitle, view.methods.length > 1 ? texts.noneElse : texts.none)}
  <button part="submit" class="submit" type="button" ?disabled=${disabled} aria-disabled=${busy} @click=${onLook}>${language.texts.tryAgain}</button>
  ${language.whole ? backLink(view.returnUrls.fail, view.merchantName, language.whole, 'secondary') : nothing}`;

/**
 * A warning: an earlier transfer may still be found, or an earlier payment may still receive its money. Without it the customer
 * might pay twice.
 */
export function confirmSecond(
  { view, language, busy, disabled, buttonless }: MethodFormProps,
  texts: TransferMessages,
  onAcknowledge: () => void,
) {
  const wallet = view.attempt?.transfer?.walletName;
  const { nextAction } = view;
  const earlier = nextAction.kind === 'confirm' && nextAction.reason === 'earlier_payment';
  const [title, text, label] = earlier
    ? [texts.earlierTitle, texts.earlierText, texts.earlierGo]
    : [texts.confirmTitle, texts.confirmText, texts.confirmGo];
  return html`${status(icon(alert), 'warn', title, text)}
    ${
      wallet && !buttonless
        ? submitButton({ label: fill(texts.confirmBack, { wallet }), busyLabel: texts.asking, busy, disabled })
        : nothing
    }
    ${earlier && !wallet && language.whole ? backLink(view.returnUrls.pending ?? view.returnUrls.fail, view.merchantName, language.whole) : nothing}
    <button part="secondary" class="secondary" type="button" ?disabled=${disabled || busy} @click=${onAcknowledge}>${label}</button>`;
}

/** Where and how much to transfer, each with a copy button. The amount is copied in the format that wallet apps accept. */
function requisiteRows(action: Transfer, currency: string, { whole, money }: Language) {
  if (!whole) return '';
  const { captions } = whole.transfer;
  const nameOf = ({ key, caption }: Transfer['requisites'][number]) =>
    fill(captions[key] ?? caption ?? key, { wallet: action.walletName });
  return html`<dl part="requisites" class="requisites">
    ${action.requisites.map((requisite) => requisiteRow(nameOf(requisite), requisite.value, whole, groupedRequisite(requisite)))}
    ${requisiteRow(whole.amount, plainAmount(action.amount, currency), whole, money(action.amount, currency))}
  </dl>`;
}
