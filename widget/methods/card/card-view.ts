/** Renders the card form: the current step, what is wrong with it, and what the customer can do. */
import { html, nothing } from 'lit';
import { type EnterCard, type EnterCardCode, passesLuhn, type SavedCard } from '#contract';
import type { CardMessages } from '../../messages/card-messages.ts';
import { fill } from '../../messages/format.ts';
import { field, submitButton, untilRetry } from '../../parts/form.ts';
import { referenceRow } from '../../parts/page.ts';
import { problemPanel } from '../../parts/rows.ts';
import type { MethodFormProps } from '../method-form.ts';
import { cardFoot, cardMarks, cardTail, savedCards, systemName } from './card-parts.ts';
import type { CardField, CardFormState, CardProblem } from './card-state.ts';

export interface CardFormView extends MethodFormProps {
  texts: CardMessages;
  state: CardFormState;
  errors: CardProblem;
  /** Shown on the button while a try runs. */
  busyText: string;
  /** The click pays; otherwise an SMS is sent first. */
  pays: boolean;
  /** Id of the saved card whose removal has to be confirmed; '' for none. */
  removing: string;
  /** The buttons that remove cards are shown. */
  managing: boolean;
  onManage(): void;
  /** Milliseconds until the next try is allowed; 0 where it is. */
  locked(): number;
  /** Milliseconds until another SMS may be requested. */
  untilResend(): number;
  /** What a field shows. */
  shownIn(field: CardField): string;
  onType(field: CardField, event: InputEvent): void;
  onSave(save: boolean): void;
  onChoose(id: string): void;
  onAskRemoval(id: string): void;
  onRemove(id: string): void;
  onResend(): void;
  onOther(): void;
}

export function renderCard(form: CardFormView) {
  // A disabled button loses the focus, so while busy the secondary buttons are only marked as disabled. `<pay-desk>` sends one
  // request at a time anyway.
  const { state, errors, texts, language, view, problem, busy, disabled, buttonless } = form;
  const { sms, action, isSpent, saved } = state;
  const never = sms?.resendAt === null;
  const wait = isSpent ? untilRetry(form.untilResend, texts.resendIn) : untilRetry(form.locked, language.texts.retryIn);
  const pay = fill(language.texts.pay, { amount: language.money(view.due, view.currency) });
  const returned = problem?.code === 'payment_reversed';
  const about = errors.form ? problemPanel(errors.form, returned) : nothing;
  return html`${returned ? about : nothing}
    ${sms ? enterSmsCode({ ...form, sms }) : action ? enterCard({ ...form, ...state, action }) : nothing}
    ${returned ? nothing : about}
    ${
      buttonless
        ? isSpent
          ? nothing
          : wait
        : isSpent && !wait
          ? never
            ? nothing
            : newCodeButton(form)
          : submitButton({
              label: wait ?? (!form.pays ? texts.getCode : saved ? html`${pay}${ofCard(saved, texts)}` : pay),
              busyLabel: form.busyText,
              busy,
              disabled: disabled || !!wait || form.removing !== '',
            })
    }
    ${errors.form && problem?.reference && unexplained.test(problem.code) ? referenceRow(problem.reference, language.texts) : nothing}
    ${
      sms
        ? html`<button part="secondary" class=${isSpent && never ? 'submit' : 'secondary'} type="button" ?disabled=${disabled} aria-disabled=${busy} @click=${form.onOther}>${texts.other}</button>`
        : nothing
    }
    ${cardFoot(sms ? null : action, texts, view.brands)}`;
}

/** Problems that only support can explain: the reference is shown to quote it. */
const unexplained = /^(internal|provider_unavailable|idempotency_conflict|invalid_request|too_large|busy)$/;

/**
 * A new card by number and expiry, or a saved one. Payme takes neither a CVC nor a name. Neither the fields have names nor the
 * form an action, so that no browser submits them anywhere by itself.
 */
function enterCard(form: CardFormView & CardFormState & { action: EnterCard }) {
  const { action, texts, typed, saved, errors, view, busy, disabled, language } = form;
  const { number, save } = typed;
  // What the list of methods says already takes no room here, and the mark shows which system it is; screen readers are told.
  const listed = view.nextAction.kind === 'choose';
  const system = listed ? html`<span class="unseen">${systemName(number)}</span>` : systemName(number) || texts.numberHint;
  const settings = (name: CardField) => ({
    id: `card-${name}`,
    label: texts[name],
    value: form.shownIn(name),
    error: errors[name] ?? '',
    invalid: !!errors[name],
    disabled,
    readonly: busy,
    inputMode: 'numeric',
    onInput: (event: InputEvent) => form.onType(name, event),
  });
  return html`${action.saved.length ? savedCards({ ...form, brands: view.brands, cards: action.saved, chosen: saved?.id ?? '' }) : nothing}
  ${
    saved
      ? nothing
      : html`<div class="card-fields">
          ${field({
            ...settings('number'),
            hint: number.length > 15 && !passesLuhn(number) ? texts.numberDoubt : system,
            autocomplete: 'cc-number',
            placeholder: '8600 0000 0000 0000',
            mark: cardMarks(number, view.brands),
            paste: language.texts.paste,
          })}
          ${field({ ...settings('expire'), hint: texts.expireHint, autocomplete: 'cc-exp', placeholder: texts.expireShape })}
        </div>`
  }
  ${action.askPhone ? field({ ...settings('phone'), hint: texts.phoneHint, inputMode: 'tel', autocomplete: 'tel', prefix: '+998', placeholder: '90 123 45 67' }) : nothing}
  ${
    action.canSave && !saved
      ? html`<div class="save-card">
          <label><input
            type="checkbox"
            .checked=${save}
            ?disabled=${disabled}
            aria-describedby="save-note"
            @change=${(event: Event) => form.onSave((event.target as HTMLInputElement).checked)}
          />${texts.save}</label>
          <p class="note" id="save-note">${fill(texts.saveHint, { merchant: view.merchantName })}</p>
        </div>`
      : nothing
  }`;
}

/** The code of the SMS: one field, so that pasting and the browser's suggestion work. */
function enterSmsCode(form: CardFormView & { sms: EnterCardCode }) {
  const { texts, sms, errors, busy, disabled, language } = form;
  const { isSpent } = form.state;
  const tail = sms.card.slice(-4);
  return html`<div class="code-head">
      <h2 class="title" tabindex="-1">${texts.codeTitle}</h2>
      <p class="text">${sms.phone ? withNumber(texts.sentTo, maskedPhone(sms.phone)) : texts.sentSomewhere}
        <span class="unseen">${language.texts.methods.card} ${fill(texts.ending, { tail })}</span>${sms.phone ? html`<span class="phone" aria-hidden="true">· ${fill(texts.forCard, { tail })}</span>` : nothing}</p>
    </div>
    <div class="code-field">
    ${field({
      id: 'sms-code',
      label: texts.code,
      value: form.shownIn('code'),
      hint: errors.wait ?? html`${resentText(sms, texts)} ${sms.resendAt === null ? texts.noMore : nothing}`,
      mark: places(form.shownIn('code')),
      error:
        errors.code ?? (!isSpent || errors.wait ? '' : sms.resendAt === null ? texts.noMore : texts.problems.sms_code_expired),
      invalid: !!errors.code && !isSpent,
      inputMode: 'numeric',
      autocomplete: 'one-time-code',
      // The customer may paste a whole SMS.
      maxLength: 1000,
      disabled: disabled || isSpent,
      readonly: busy,
      onInput: (event) => form.onType('code', event),
    })}
    ${isSpent && !form.buttonless ? nothing : nextCode(form, sms)}
    </div>`;
}

/** Codes of most banks have so many digits. */
const usualDigits = 6;

/**
 * Places drawn behind the field, which stays one input: what is pasted and what the phone suggests fills all of them. A longer code,
 * or a whole SMS, is shown without places.
 */
const places = (typed: string) =>
  /^\d{0,6}$/.test(typed)
    ? html`<span class="places" aria-hidden="true">${Array.from({ length: usualDigits }, (_, at) => html`<i class=${at === Math.min(typed.length, usualDigits - 1) ? 'next' : ''}></i>`)}</span>`
    : nothing;

/** `99890*****66` as people of Uzbekistan write it: `+998 90 ••• •• 66`. Any other stays, with dots. */
const maskedPhone = (phone: string): string =>
  phone.replaceAll('*', '•').replace(/^\+?998(\d\d)(•{3})(••)(..)$/, '+998 $1 $2 $3 $4');

/** A masked phone number is not broken over lines, and reads from left to right whatever is around it. */
function withNumber(text: string, phone: string) {
  const [before = '', after = ''] = text.split('{phone}');
  return html`${before}<bdi class="phone" dir="ltr">${phone}</bdi>${after}`;
}

/** Beside the hint: when another SMS may be requested, and then the button for it. Nothing where no more are sent. */
function nextCode({ texts, disabled, busy, untilResend, onResend }: CardFormView, { resendAt }: EnterCardCode) {
  if (resendAt === null) return nothing;
  return html`<div class="next-code">${
    untilResend() > 0
      ? html`<pay-countdown part="countdown" class="countdown" role="timer" aria-live="off" @announce=${keepQuiet} .left=${untilResend} .text=${texts.resendIn}></pay-countdown>`
      : html`<button part="secondary" class="secondary" type="button" ?disabled=${disabled} aria-disabled=${busy} @click=${onResend}>${texts.resend}</button>`
  }</div>`;
}

/** In the place of the button that pays, where no code of the last SMS is taken any more: the only way on. */
const newCodeButton = ({ texts, disabled, busy, busyText, onResend }: CardFormView) =>
  html`<button part="submit" class="submit" type="button" ?disabled=${disabled} aria-disabled=${busy} data-busy=${busy} @click=${onResend}>
    <span class="idle" aria-hidden=${busy}>${texts.resend}</span>
    <span class="working" aria-hidden=${!busy}><span class="spinner"></span>${busyText}</span>
  </button>`;

/** Which saved card the click pays with. */
const ofCard = (card: SavedCard, { ending }: CardMessages) =>
  html`<span class="of-card"> · <bdi dir="ltr" aria-hidden="true">•••• ${cardTail(card)}</bdi><span class="unseen">${fill(ending, { tail: cardTail(card) })}</span></span>`;

/** The countdown is not announced: what the customer has to do now comes first, and the form announces the end of the wait. */
const keepQuiet = (event: Event) => event.stopPropagation();

/** The text about a repeated SMS; '' for the first SMS. */
export const resentText = ({ resent }: EnterCardCode, texts: CardMessages): string =>
  resent === 'maybe' ? texts.resentMaybe : resent ? texts.resent : '';
