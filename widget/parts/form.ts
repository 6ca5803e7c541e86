/** A labelled text input. The hint stands below; an error takes its place, with a sign and words. */
import { html, nothing } from 'lit';
import { alert } from './icons/alert.ts';
import { icon } from './icons.ts';

export interface Field {
  id: string;
  label: string;
  value: string | undefined;
  hint: string;
  /** What is wrong, in words; '' for nothing. */
  error: string;
  /** False for errors that are no fault of what was typed. */
  invalid: boolean;
  disabled: boolean;
  readonly: boolean;
  /** The keyboard of a phone; letters by default. */
  inputMode?: string;
  maxLength?: number;
  /** What the browser may fill in, by its name of HTML; nothing by default. */
  autocomplete?: AutoFill;
  /** Drawn at the end of the input. */
  mark?: unknown;
  onInput(event: InputEvent): void;
}

export const field = (of: Field) => html`<div part="field" class="field">
  <label part="label" class="label" for=${of.id}>${of.label}</label>
  <input
    part="input"
    class="input"
    id=${of.id}
    type="text"
    inputmode=${of.inputMode ?? 'text'}
    autocomplete=${of.autocomplete ?? 'off'}
    autocapitalize="characters"
    autocorrect="off"
    spellcheck="false"
    enterkeyhint="go"
    dir="ltr"
    maxlength=${of.maxLength ?? 128}
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
