/** The fields of forms: each with its label, its hint, and what is wrong in the hint's place. */
import { html, nothing, type TemplateResult } from 'lit';
import type { OperatorView, PossibleAct } from '#contract/operate';
import type { FieldName, Typed } from '../acts.ts';
import { money, readAmount } from '../format.ts';
import { dispositions } from '../words.ts';

export interface FieldOptions {
  act: PossibleAct;
  typed: Typed;
  currency: string;
  /** What the customer submitted; null if nothing. */
  submitted: string | null;
  /** What is wrong with it, or ''. */
  wrong: string;
  type: (name: FieldName, value: string) => void;
  /** Finds another payment. */
  picker: TemplateResult;
}

export function actField(name: FieldName, options: FieldOptions): TemplateResult {
  switch (name) {
    case 'amount':
      return textField(name, options, {
        label:
          options.act.act === 'refund_by_hand'
            ? `Amount that you returned, in ${options.currency}`
            : `Amount, in ${options.currency}`,
        hint: amountHint(options),
        mode: 'decimal',
      });
    case 'upstreamId':
      return textField(name, options, {
        label: options.act.act === 'resolve_paid' ? 'What paid' : 'What paid (if you know it)',
        ...upstreamHint(options),
      });
    case 'reference':
      return textField(name, options, {
        label: 'Number of the transfer back (if there is one)',
        hint: 'It is stored with the refund.',
      });
    case 'disposition':
      return dispositionField(options);
    case 'toPaymentId':
      return html`<fieldset class="field" aria-describedby=${options.wrong ? 'wrong-toPaymentId' : nothing}>
        <legend>The payment that this money pays</legend>
        ${options.picker} ${wrongNote(name, options.wrong)}
      </fieldset>`;
    case 'note':
      return noteField(options.typed.note, options.wrong, (value) => options.type('note', value));
  }
}

export const noteField = (value: string, wrong: string, type: (value: string) => void): TemplateResult =>
  html`<label class="field">
    <span>Note <span class="muted">(why, in at least 3 signs; it stays in the history)</span></span>
    <textarea name="note" rows="2" .value=${value} aria-required="true" aria-invalid=${wrong ? 'true' : 'false'}
      aria-describedby=${wrong ? 'wrong-note' : nothing} @input=${(event: Event) => type(textIn(event))}></textarea>
    ${wrongNote('note', wrong)}
  </label>`;

function textField(
  name: FieldName,
  { typed, wrong, type }: FieldOptions,
  { label, hint, mode = 'text', warns = false }: { label: string; hint: string; mode?: 'text' | 'decimal'; warns?: boolean },
) {
  return html`<label class="field">
    <span>${label}</span>
    <input name=${name} inputmode=${mode} autocomplete="off" spellcheck="false" .value=${typed[name]} aria-invalid=${wrong ? 'true' : 'false'}
      aria-describedby=${`${wrong ? 'wrong' : 'hint'}-${name}`} @input=${(event: Event) => type(name, textIn(event))} />
    ${
      wrong
        ? wrongNote(name, wrong)
        : html`<span class=${warns ? 'wrong' : 'hint'} id=${`hint-${name}`} role=${warns ? 'alert' : nothing}>${hint}</span>`
    }
  </label>`;
}

/** The number that the customer submitted, and a warning where another one is typed in. */
function upstreamHint({ typed: { upstreamId }, submitted }: FieldOptions): { hint: string; warns: boolean } {
  if (submitted === null) {
    const hint = 'E.g. the wallet’s transaction number, from the payment service’s own cabinet. The same one can pay only once.';
    return { hint, warns: false };
  }
  const typed = upstreamId.trim();
  if (typed === '' || typed.toUpperCase() === submitted.toUpperCase())
    return { hint: `The customer submitted ${submitted}. Compare it with the payment service’s own cabinet.`, warns: false };
  return { hint: `The customer submitted ${submitted}, and not this number. Look again before you press.`, warns: true };
}

/** Repeats the amount as money, so that a slip of the point is seen. */
function amountHint({ typed, currency }: FieldOptions): string {
  const amount = readAmount(typed.amount, currency);
  return typeof amount === 'number' ? `That is ${money(amount, currency)}.` : amount;
}

const dispositionField = ({ typed, wrong, type }: FieldOptions) =>
  html`<fieldset class="field" aria-describedby=${wrong ? 'wrong-disposition' : nothing}>
    <legend>What becomes of this money?</legend>
    ${Object.entries(dispositions).map(
      ([
        value,
        words,
      ]) => html`<label class="choice"><input type="radio" name="disposition" value=${value} .checked=${typed.disposition === value}
        aria-invalid=${wrong ? 'true' : 'false'} @change=${() => type('disposition', value)} />${words}</label>`,
    )}
    ${wrongNote('disposition', wrong)}
  </fieldset>`;

const wrongNote = (name: FieldName, wrong: string) =>
  wrong ? html`<span class="wrong" id=${`wrong-${name}`} role="alert">${wrong}</span>` : nothing;

const textIn = ({ target }: Event): string => (target as HTMLInputElement | HTMLTextAreaElement).value;

/** @param any What stands for all merchants; without it one has to be chosen. */
export function merchantField({ merchantIds }: OperatorView, value: string, any?: string): TemplateResult {
  // A merchant that is not in the merchants file any more still has its history.
  const ids = value === '' || merchantIds.includes(value) ? merchantIds : [value, ...merchantIds];
  return html`<label class="field"><span>Merchant</span><select name="merchant">
    ${any === undefined ? '' : html`<option value="">${any}</option>`}
    ${ids.map((id) => html`<option value=${id} ?selected=${id === value}>${id}</option>`)}
  </select></label>`;
}

/** One of a merchant's addresses for webhooks. Their names are in the merchants file, which the console does not see. */
export const endpointField = (value = ''): TemplateResult =>
  html`<label class="field"><span>Endpoint</span><input name="endpoint" .value=${value} placeholder="main" autocomplete="off" spellcheck="false" /></label>`;
