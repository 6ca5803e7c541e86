/** Renders the parts of the SMS form: the SMS to send, and then waiting for it or the field for the code that comes back. */
import { html, nothing } from 'lit';
import type { SendSms } from '#contract';
import { fill } from '../../messages/format.ts';
import type { Messages, SmsMessages } from '../../messages/messages.ts';
import { field, submitButton, untilRetry } from '../../parts/form.ts';
import { referenceRow, warning } from '../../parts/page.ts';
import type { QrPicture } from '../../parts/qr-code.ts';
import { errorNote, requisiteRow } from '../../parts/rows.ts';
import { excessConsent } from '../excess-consent.ts';
import type { MethodFormProps } from '../method-form.ts';

/** The SMS itself pays: how long it is waited for here, what happens after that, and what leaving does. */
export function awaitSms(form: SmsFormView & { /** The last look found nothing. */ looked: boolean; onSent(): void }) {
  const { action, texts, whole, error, long, busy, disabled, now } = form;
  const left = () => Date.parse(action.until) - now();
  const part = form.isSendingNext || form.buttonless ? 'secondary' : 'submit';
  return html`<div class="waiting">
      ${form.isSendingNext && !busy ? nothing : html`<p class="waits"><span class="spinner"></span><span>${busy ? texts.looking : form.looked ? texts.notYet : texts.waiting}</span></p>`}
      ${
        long
          ? html`<p class="text">${texts.long}</p>`
          : html`<pay-countdown part="countdown" class="countdown" role="timer" aria-live="off" @announce=${keepQuiet} .left=${left} .text=${whole.transfer.timeLeft}></pay-countdown>`
      }
    </div>
    ${error ? errorNote(error) : nothing}
    <button part=${part} class="${part} sent" type="button" ?disabled=${disabled} aria-disabled=${busy} @click=${form.onSent}>${form.sent && !form.isSendingNext ? whole.checkNow : texts.sent}</button>
    <div class="leave">
      <p class="text">${texts.leave}</p>
      <button part="secondary" class="secondary" type="button" ?disabled=${disabled} aria-disabled=${busy} @click=${form.onLeave}>${texts.other}</button>
    </div>`;
}

/**
 * This countdown announces nothing to screen readers, unlike the other one of this form: it would interrupt the instructions, and
 * the form itself announces when the SMS takes longer than usual.
 */
const keepQuiet = (event: Event) => event.stopPropagation();

interface CodeBack extends SmsFormView {
  /** The error is about what was typed. */
  invalid: boolean;
  /** What the field shows. */
  shown: string | undefined;
  onInput(event: InputEvent): void;
  /** The code is worth more than is due, and the customer is asked whether to use it. */
  needsConsent: boolean;
  /** Milliseconds until the next try is allowed; 0 where it is. */
  locked(): number;
}

/** The field for the code that comes back by SMS, and what to do while it does not arrive. */
export function enterCodeBack(form: CodeBack) {
  const { texts, language, problem, error, invalid, busy, disabled, buttonless } = form;
  const wait = untilRetry(form.locked, language.texts.retryIn);
  return html`${field({
    id: 'sms-pay-code',
    label: texts.code,
    value: form.shown,
    hint: texts.codeHint,
    error,
    invalid,
    autocomplete: 'one-time-code',
    disabled,
    readonly: busy,
    paste: language.texts.paste,
    onInput: form.onInput,
  })}
    ${
      form.needsConsent
        ? excessConsent(form, texts)
        : buttonless
          ? wait
          : submitButton({
              label: wait ?? texts.use,
              busyLabel: language.texts.sending,
              busy,
              disabled: disabled || !!wait,
              quiet: form.isSendingNext,
            })
    }
    ${problem?.reference && error && !invalid && !wait ? referenceRow(problem.reference, language.texts) : nothing}
    ${form.long ? html`<div class="no-code"><p class="label">${texts.noCode}</p><p class="text">${texts.noCodeHelp}</p></div>` : nothing}
    <button part="secondary" class="secondary" type="button" ?disabled=${disabled} aria-disabled=${busy} @click=${form.onLeave}>${texts.other}</button>`;
}

/**
 * What to send to which number, and what that costs, each with a copy button. On a phone there is a link that opens the SMS,
 * elsewhere a QR code that a phone can scan. Once it is sent, one line says so, and the rest is shown on request.
 */
export function showSms(form: ShownSms) {
  const { action, texts, whole, language, view, sent, folds } = form;
  const { money } = language;
  const { text, number, price, continuation } = action;
  const title = html`<h2 class="title ${continuation === 'enter_code' ? 'numbered' : ''}" tabindex="-1">${sent ? fill(texts.sentTo, { number }, language.tag) : texts.title}</h2>`;
  const isShown = !folds || form.unfolded;
  return html`${
    folds
      ? html`<div class="done">${title}<button part="secondary" class="secondary fold" type="button" aria-expanded=${isShown} @click=${form.onFold}>${isShown ? texts.hide : texts.show}</button></div>`
      : title
  }
  ${
    isShown
      ? html`<dl part="requisites" class="requisites">
            ${requisiteRow(texts.text, text, whole)} ${requisiteRow(texts.number, number, whole)}
            <div part="requisite" class="requisite"><dt>${texts.price}</dt><dd class="price">${money(price, view.currency)}</dd></div>
          </dl>
          ${price > view.due ? warning(fill(texts.dear, { amount: money(view.due, view.currency), lost: money(price - view.due, view.currency) })) : nothing}
          ${waysToSend(form)}`
      : nothing
  }`;
}

/** The link is the primary action only until the SMS is sent: after that it would invite a second charge. */
function waysToSend({ action, texts, language, view, picture, sent, isSendingNext, onOpen }: ShownSms) {
  const link = smsLink(action.number, action.text);
  if (!onPhone())
    return html`<figure class="qr">${picture?.(link, texts.picture)}<figcaption class="text">${texts.scan}</figcaption></figure>`;
  const [part, look] = isSendingNext ? ['submit', 'submit'] : ['secondary', 'secondary open'];
  return html`<a part=${part} class=${look} href=${link} @click=${onOpen}>${sent ? texts.again : texts.open} · ${language.money(action.price, view.currency)}</a>`;
}

interface ShownSms extends Omit<SmsFormView, 'error'> {
  picture: QrPicture | null;
  /** It is or may be sent, so it is shown on request only. */
  folds: boolean;
  unfolded: boolean;
  onFold(): void;
  onOpen(): void;
}

/** Whether the page is shown on the device that sends the SMS. */
export const onPhone = (): boolean => matchMedia('(pointer: coarse)').matches;

/**
 * The address that opens an SMS that is ready to be sent. RFC 5724 has `?body=`, but iPhones read the body only after an `&`.
 * Android and QR code readers ignore the empty parameter between the two.
 */
export const smsLink = (number: string, text: string): string => `sms:${number}?&body=${encodeURIComponent(text)}`;

/** The input of each part of the SMS form. */
export interface SmsFormView extends MethodFormProps<SendSms> {
  texts: SmsMessages;
  whole: Messages;
  /** It takes longer than usual. */
  long: boolean;
  /** The text about what is wrong; '' for nothing. */
  error: string;
  /** The customer has sent the SMS. */
  sent: boolean;
  /** The next thing to do is to open the SMS app. It is not where the page is on no phone. */
  isSendingNext: boolean;
  onLeave(): void;
}
