/** The room of cards as it is seen: the step, what is wrong with it, what can be done. */
import { html, nothing } from 'lit';
import { cardSystem, type EnterCard, type EnterCardCode, passesLuhn } from '#contract';
import type { CardMessages } from '../../messages/card/card-messages.ts';
import { fill } from '../../messages/fill.ts';
import { field, submitButton } from '../../parts/form.ts';
import { referenceRow } from '../../parts/page.ts';
import { errorNote } from '../../parts/rows.ts';
import type { MethodFormProps } from '../method-form.ts';
import { cardFoot, cardMark, savedCards, systemName } from './card-parts.ts';
import type { CardField, CardFormState, CardProblem } from './card-state.ts';

export interface CardFormView extends MethodFormProps {
  texts: CardMessages;
  step: CardFormState;
  errors: CardProblem;
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
  shownIn(place: CardField): string;
  onType(place: CardField, event: InputEvent): void;
  onSave(save: boolean): void;
  onChoose(id: string): void;
  onAsk(id: string): void;
  onRemove(id: string): void;
  onResend(): void;
  onOther(): void;
}

export function renderCard(of: CardFormView) {
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

/** A card: its number and its expiry, or one that was saved. Payme takes neither a CVC nor a name. No field has a name, the form no action. */
export function enterCard(of: CardFormView & CardFormState & { action: EnterCard }) {
  const { action, texts, typed, saved, errors, view, busy, disabled } = of;
  const { number, save } = typed;
  const at = (place: CardField) => ({
    id: `card-${place}`,
    label: texts[place],
    value: of.shownIn(place),
    error: errors[place] ?? '',
    invalid: !!errors[place],
    disabled,
    readonly: busy,
    inputMode: 'numeric',
    onInput: (event: InputEvent) => of.onType(place, event),
  });
  return html`${action.saved.length ? savedCards({ ...of, cards: action.saved, chosen: saved?.id ?? '' }) : nothing}
  ${
    saved
      ? nothing
      : html`<div class="card-fields">
          ${field({
            ...at('number'),
            hint: number.length > 15 && !passesLuhn(number) ? texts.numberDoubt : systemName(number) || texts.numberHint,
            autocomplete: 'cc-number',
            mark: cardMark(cardSystem(number)),
          })}
          ${field({ ...at('expire'), hint: texts.expireHint, autocomplete: 'cc-exp' })}
        </div>`
  }
  ${action.askPhone ? field({ ...at('phone'), hint: texts.phoneHint, inputMode: 'tel', autocomplete: 'tel' }) : nothing}
  ${
    action.canSave && !saved
      ? html`<div class="save-card">
          <label><input
            type="checkbox"
            .checked=${save}
            ?disabled=${disabled}
            aria-describedby="save-note"
            @change=${(event: Event) => of.onSave((event.target as HTMLInputElement).checked)}
          />${texts.save}</label>
          <p class="note" id="save-note">${fill(texts.saveHint, { merchant: view.merchantName })}</p>
        </div>`
      : nothing
  }`;
}

/** The code of the SMS: one field, so that pasting and the browser's own suggestion work. */
export function enterSmsCode(of: CardFormView & { sms: EnterCardCode }) {
  const { texts, sms, errors, busy, disabled, language } = of;
  const tail = sms.card.slice(-4);
  return html`<div class="code-head">
      <h2 class="title" tabindex="-1">${texts.codeTitle}</h2>
      <p class="text">${sms.phone ? withNumber(texts.sentTo, sms.phone) : texts.sentSomewhere}</p>
      <p class="text">${language.texts.methods.card}
        <span class="unseen">${fill(texts.ending, { tail })}</span><span aria-hidden="true">···· ${tail}</span></p>
    </div>
    ${field({
      id: 'sms-code',
      label: texts.code,
      value: of.shownIn('code'),
      hint: resentWords(sms, texts),
      error: errors.code ?? '',
      invalid: !!errors.code,
      inputMode: 'numeric',
      autocomplete: 'one-time-code',
      disabled,
      readonly: busy,
      onInput: (event) => of.onType('code', event),
    })}`;
}

/** A masked number stays in one piece, read from the left whatever is around it. */
function withNumber(text: string, phone: string) {
  const [before = '', after = ''] = text.split('{phone}');
  return html`${before}<bdi class="phone" dir="ltr">${phone}</bdi>${after}`;
}

/** Another SMS: a countdown until it may be asked for, a button from then on, and the truth where there will be none. */
interface AnotherCode {
  texts: CardMessages;
  /** No more are sent. */
  never: boolean;
  disabled: boolean;
  busy: boolean;
  /** Milliseconds until one may be asked for. */
  untilResend(): number;
  onResend(): void;
}

export function anotherCode({ texts, never, disabled, busy, untilResend, onResend }: AnotherCode) {
  if (never) return html`<p class="countdown">${texts.noMore}</p>`;
  return untilResend() > 0
    ? html`<pay-countdown part="countdown" class="countdown" role="timer" aria-live="off" @announce=${keepQuiet} .left=${untilResend} .text=${texts.resendIn}></pay-countdown>`
    : html`<button part="secondary" class="secondary" type="button" ?disabled=${disabled} aria-disabled=${busy} @click=${onResend}>${texts.resend}</button>`;
}

/** What has to be done now comes first; the room says when the wait is over. */
const keepQuiet = (event: Event) => event.stopPropagation();

/** What is said of another code that was asked for; '' where this is the first. */
export const resentWords = ({ resent }: EnterCardCode, texts: CardMessages): string =>
  resent === 'maybe' ? texts.resentMaybe : resent ? texts.resent : '';
