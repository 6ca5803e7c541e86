/** The controls of a form: the text field, the submit button and the list of methods. */
import { html, nothing, svg } from 'lit';
import type { PaymentMethod } from '#contract';
import type { FirstMessages } from '../messages/first-messages.ts';
import { alert, icon, mark } from './page.ts';

export interface Field {
  id: string;
  label: string;
  value: string | undefined;
  hint: unknown;
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
  /** What the input looks like, shown while the field is empty. */
  placeholder?: string | undefined;
  /** Shown before what is typed, and no part of it. */
  prefix?: string;
  /** The label of a button that pastes; the field has none without it. */
  paste?: string | undefined;
  onInput(event: InputEvent): void;
}

/** A labelled input with its hint below. An error replaces the hint, with an icon. */
export const field = (of: Field) => html`<div part="field" class="field">
  <label part="label" class="label" for=${of.id}>${of.label}</label>
  <div class="box">${of.prefix ? html`<span class="prefix" aria-hidden="true">${of.prefix}</span>` : nothing}<input
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
    placeholder=${of.placeholder || nothing}
    .value=${of.value ?? ''}
    aria-invalid=${of.invalid}
    aria-describedby="${of.id}-note"
    ?disabled=${of.disabled}
    ?readonly=${of.readonly}
    @input=${of.onInput}
    @compositionend=${of.onInput}
  />${of.mark}${of.paste && !of.value && !of.disabled && !of.readonly && canPaste() ? pasteButton(of.paste) : nothing}</div>
  <p id="${of.id}-note" part=${of.error ? 'error' : 'hint'} class=${of.error ? 'note error' : 'note'}>
    ${of.error ? icon(alert) : nothing}<span>${of.error || of.hint}</span>
  </p>
</div>`;

/** Firefox before 125, and pages without TLS, cannot read the clipboard. */
const canPaste = () => !!navigator.clipboard?.readText;

/** Saves the long press and its menu. Where reading is refused, the button goes and the field takes the focus. */
const pasteButton = (label: string) =>
  html`<button class="paste" type="button" aria-label=${label} @click=${paste}>${icon(clipboard)}</button>`;

const paste = async ({ currentTarget }: Event) => {
  const button = currentTarget as HTMLElement;
  const input = button.parentElement?.querySelector('input');
  if (!input) return;
  input.focus();
  try {
    input.value = (await navigator.clipboard.readText()).trim();
    input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
  } catch {
    button.hidden = true;
  }
};

const clipboard = svg`<rect x="5" y="5" width="14" height="16" rx="2.5"/><path d="M9 7V3.8h6V7M9 12.5h6M9 16.5h4"/>`;

/**
 * The primary action. While busy it keeps its position, width and focus (`aria-disabled`, not `disabled`), and shows the other
 * label only after a moment, so that it does not flicker when the answer is quick.
 */
/** @param of.quiet Another action comes first, and looks like it. */
export const submitButton = (of: {
  label: unknown;
  busyLabel: string;
  busy: boolean;
  disabled: boolean;
  quiet?: boolean;
}) => html`<button
  part="submit"
  class=${of.quiet ? 'submit quiet' : 'submit'}
  type="submit"
  ?disabled=${of.disabled}
  aria-disabled=${of.busy}
  data-busy=${of.busy}
>
  <span class="idle" aria-hidden=${of.busy}>${of.label}</span>
  <span class="working" aria-hidden=${!of.busy}><span class="spinner"></span>${of.busyLabel}</span>
</button>`;

/**
 * When the next try is allowed: it stands on the locked button and is its name, so it has no role of its own; or alone where the page
 * has a button of its own. Undefined for no lock.
 */
export const untilRetry = (left: () => number, text: string) =>
  left() > 0 ? html`<pay-countdown part="countdown" class="countdown" .left=${left} .text=${text}></pay-countdown>` : undefined;

/** One row of the list of methods. */
export interface MethodRow {
  method: PaymentMethod;
  name: string;
  /** One muted line under the name; '' for none. */
  note: string;
  chosen: boolean;
  /** The wallet that this row leads to. Such a row is a button: it does not only choose, it goes on. */
  wallet?: string;
  /** The wallet's own mark, where the merchant has one. */
  logo?: string | undefined;
}

interface MethodList {
  rows: readonly MethodRow[];
  disabled: boolean;
  texts: FirstMessages;
  onChoose(row: MethodRow): void;
}

/** More rows than these are folded. */
const shownWallets = 4;

/**
 * The methods as native radios, which arrow keys and screen readers know: Tab never changes the choice. Wallets are buttons in the
 * same list, because choosing one shows at once where to transfer.
 */
export const methodList = ({ rows, disabled, texts, onChoose }: MethodList) => {
  const wallets = rows.filter(({ wallet }) => wallet !== undefined);
  const folded = wallets.length > shownWallets + 1 ? wallets.slice(shownWallets) : [];
  const row = (of: MethodRow) =>
    of.wallet === undefined
      ? html`<label part="method" class="method">
          <input
            type="radio"
            name="method"
            value=${of.method}
            aria-label=${of.name}
            aria-describedby="about-${of.method}"
            .checked=${of.chosen}
            @change=${() => onChoose(of)}
          />
          <span class="way">${of.name}<small id="about-${of.method}">${of.note}</small></span>${icon(methodIcons[of.method])}
        </label>`
      : html`<button part="method" class="method" type="button" @click=${() => onChoose(of)}>
          ${mark(of.name, of.logo, `wallet-mark ${of.wallet}`)}<span class="way">${of.name}${of.note && html`<small>${of.note}</small>`}</span>${icon(forward)}
        </button>`;
  return html`<fieldset part="methods" class="choice" ?disabled=${disabled}>
    <legend>${texts.titles.enter}</legend>
    <div class="methods">${rows.filter((of) => !folded.includes(of)).map(row)}
    ${folded.length ? html`<details class="folded"><summary class="method"><span class="way">${texts.moreWallets}</span>${icon(forward)}</summary>${folded.map(row)}</details>` : nothing}</div>
  </fieldset>`;
};

const methodIcons: Record<PaymentMethod, typeof alert> = {
  pay_code: svg`<rect x="3" y="6" width="18" height="12" rx="2.5"/><path d="M7.5 12h.1M12 12h.1M16.5 12h.1" stroke-width="2.6"/>`,
  wallet: svg`<path d="M16.5 7.5V4.9H6.2a2.2 2.2 0 0 0-2.2 2.2v10.4a2.5 2.5 0 0 0 2.5 2.5h11a2.5 2.5 0 0 0 2.5-2.5V10a2.5 2.5 0 0 0-2.5-2.5H6"/><path d="M16 13.8h.1" stroke-width="2.6"/>`,
  card: svg`<rect x="3" y="5.5" width="18" height="13" rx="2.5"/><path d="M3 10h18M7 14.7h3"/>`,
};

const forward = svg`<path d="m9.5 6.5 5.5 5.5-5.5 5.5"/>`;
