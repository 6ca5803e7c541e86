/** The controls of a form: the text field, the submit button and the list of methods. */
import { html, nothing } from 'lit';
import type { PaymentMethod } from '#contract';
import type { FirstMessages } from '../messages/first-messages.ts';
import { alert, icon } from './page.ts';

export interface Field {
  id: string;
  label: string;
  value: string | undefined;
  hint: string;
  /** The text about what is wrong; '' for nothing. */
  error: string;
  /** False for errors that are not about the input. */
  invalid: boolean;
  disabled: boolean;
  readonly: boolean;
  /** The keyboard of a phone; letters by default. */
  inputMode?: string;
  maxLength?: number;
  /** Whether small and capital letters are different. By default a phone's keyboard writes capitals. */
  mixedCase?: boolean | undefined;
  /** What the browser may fill in; nothing by default. */
  autocomplete?: AutoFill;
  /** Rendered after the input. */
  mark?: unknown;
  onInput(event: InputEvent): void;
}

/** A labelled input with its hint below. An error replaces the hint, with an icon. */
export const field = (of: Field) => html`<div part="field" class="field">
  <label part="label" class="label" for=${of.id}>${of.label}</label>
  <input
    part="input"
    class="input"
    id=${of.id}
    type="text"
    inputmode=${of.inputMode ?? 'text'}
    autocomplete=${of.autocomplete ?? 'off'}
    autocapitalize=${of.mixedCase ? 'none' : 'characters'}
    autocorrect="off"
    spellcheck="false"
    enterkeyhint="go"
    dir="ltr"
    maxlength=${of.maxLength ?? 1000}
    .value=${of.value ?? ''}
    aria-invalid=${of.invalid}
    aria-describedby="${of.id}-note"
    ?disabled=${of.disabled}
    ?readonly=${of.readonly}
    @input=${of.onInput}
    @compositionend=${of.onInput}
  />${of.mark}
  <p id="${of.id}-note" part=${of.error ? 'error' : 'hint'} class=${of.error ? 'note error' : 'note'}>
    ${of.error ? icon(alert) : nothing}<span>${of.error || of.hint}</span>
  </p>
</div>`;

/**
 * The primary action. While busy it keeps its position, width and focus (`aria-disabled`, not `disabled`), and shows the other
 * label only after a moment, so that it does not flicker when the answer is quick.
 */
export const submitButton = (of: { label: string; busyLabel: string; busy: boolean; disabled: boolean }) => html`<button
  part="submit"
  class="submit"
  type="submit"
  ?disabled=${of.disabled}
  aria-disabled=${of.busy}
  data-busy=${of.busy}
>
  <span class="idle" aria-hidden=${of.busy}>${of.label}</span>
  <span class="working" aria-hidden=${!of.busy}><span class="spinner"></span>${of.busyLabel}</span>
</button>`;

interface MethodList {
  methods: readonly PaymentMethod[];
  chosen: PaymentMethod;
  disabled: boolean;
  texts: FirstMessages;
  onChoose(method: PaymentMethod): void;
}

/** The methods as native radios, which arrow keys and screen readers know. Tab never changes the choice. */
export const methodList = ({
  methods,
  chosen,
  disabled,
  texts,
  onChoose,
}: MethodList) => html`<fieldset part="methods" class="methods" ?disabled=${disabled}>
  <legend class="unseen">${texts.titles.enter}</legend>
  ${methods.map(
    (method) => html`<label part="method" class="method">
      <input type="radio" name="method" value=${method} .checked=${method === chosen} @change=${() => onChoose(method)} />
      ${texts.methods[method]}
    </label>`,
  )}
</fieldset>`;
