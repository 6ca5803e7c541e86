/** The SMS pays by itself: so long it is waited for here, what is true after that, and what leaving does. */
import { html, nothing } from 'lit';
import type { SendSms } from '#contract';
import { fill } from '../../messages/fill.ts';
import type { Messages } from '../../messages/messages.ts';
import { plainAmount } from '../../messages/plain-amount.ts';
import type { SmsMessages } from '../../messages/sms/sms-messages.ts';
import { field, submitButton } from '../../parts/form.ts';
import { referenceRow } from '../../parts/page.ts';
import { errorNote, requisiteRow } from '../../parts/rows.ts';
import { excessConsent } from '../excess-consent.ts';
import type { MethodFormProps } from '../method-form.ts';
import type { QrPicture } from './qr-code.ts';

export function awaitSms(of: SmsFormView & { onSent(): void }) {
  const { action, texts, whole, error, long, busy, disabled, now } = of;
  const left = () => Date.parse(action.until) - now();
  return html`<div class="waiting">
      <p class="waits"><span class="spinner"></span><span>${busy ? texts.looking : texts.waiting}</span></p>
      ${
        long
          ? html`<p class="text">${texts.long}</p>`
          : html`<pay-countdown part="countdown" class="countdown" role="timer" aria-live="off" @announce=${keepQuiet} .left=${left} .text=${whole.transfer.timeLeft}></pay-countdown>`
      }
    </div>
    ${error ? errorNote(error) : nothing}
    <button part="secondary" class="secondary sent" type="button" ?disabled=${disabled} aria-disabled=${busy} @click=${of.onSent}>${texts.sent}</button>
    <div class="leave">
      <p class="text">${texts.leave}</p>
      <button part="secondary" class="secondary" type="button" ?disabled=${disabled} aria-disabled=${busy} @click=${of.onLeave}>${texts.other}</button>
    </div>`;
}

/** What has to be done comes first; the room says when it takes longer. */
const keepQuiet = (event: Event) => event.stopPropagation();

/** The field for the code that comes back by SMS, what to do while it does not come, and the way out. */
interface CodeBack extends SmsFormView {
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

/** What to send where, and what that costs: a link where the page is on the phone, a picture for the phone elsewhere, and every word to copy. */
export function showSms(of: Omit<SmsFormView, 'error'> & { picture: QrPicture | null }) {
  const { action, texts, whole, language, view, picture } = of;
  const { money } = language;
  const { text, number, price } = action;
  const link = smsLink(number, text);
  return html`<h2 class="title" tabindex="-1">${texts.title}</h2>
    <dl part="requisites" class="requisites">
      ${requisiteRow(texts.text, text, whole)} ${requisiteRow(texts.number, number, whole)}
      ${requisiteRow(texts.price, plainAmount(price, view.currency), whole, money(price, view.currency))}
    </dl>
    ${price > view.due ? html`<p class="warning">${fill(texts.dear, { amount: money(view.due, view.currency) })}</p>` : nothing}
    ${
      onPhone()
        ? openLink(action, link, texts.open)
        : html`<figure class="qr">${picture?.(link, texts.picture)}<figcaption class="text">${texts.scan}</figcaption></figure>`
    }`;
}

/** The one thing to do where the payment follows by itself; the first of two where a code comes back. */
const openLink = ({ then }: SendSms, link: string, words: string) =>
  then === 'wait'
    ? html`<a part="submit" class="submit" href=${link}>${words}</a>`
    : html`<a part="secondary" class="secondary open" href=${link}>${words}</a>`;

/** The page is held in the hand that sends the SMS: a link opens it. Elsewhere a phone has to read it from the screen. */
export const onPhone = (): boolean => matchMedia('(pointer: coarse)').matches;

/**
 * The address that opens an SMS, written and ready to be sent. RFC 5724 has `?body=`; the iPhone reads the body only after an `&`. Android and
 * the readers of QR codes pass over the empty pair between the two.
 */
export const smsLink = (number: string, text: string): string => `sms:${number}?&body=${encodeURIComponent(text)}`;

/** What each part of the room of SMS is given. */
export interface SmsFormView extends MethodFormProps<SendSms> {
  texts: SmsMessages;
  whole: Messages;
  /** It takes longer than it should. */
  long: boolean;
  /** What went wrong, in words; '' for nothing. */
  error: string;
  onLeave(): void;
}
