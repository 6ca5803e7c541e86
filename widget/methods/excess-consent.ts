/**
 * A pay code that is worth more than is due: the rest would be lost. Using it needs a click of its own, never the click that was
 * made before the customer knew.
 */
import { html } from 'lit';
import type { SmsMessages } from '../messages/messages.ts';
import type { MethodFormProps } from './method-form.ts';

/**
 * Whether to ask: the code the customer sent is worth more than is due and may still pay. Typing another code ends the question.
 */
export const needsExcessConsent = ({ problem, draft, action, view }: MethodFormProps): boolean =>
  problem?.code === 'code_value_too_high' &&
  !!draft.code &&
  draft.code === draft.sent &&
  // Where an SMS costs more than is due, its code may be worth more.
  (action.kind === 'send_sms' ? action.price > view.due : action.kind === 'enter_code' && action.excessConsent === true);

/** The two buttons that answer; the one that loses money is not the one that invites. They must be rendered inside the form of the code. */
export function excessConsent({ draft, disabled }: MethodFormProps, texts: SmsMessages) {
  const acceptExcess = ({ currentTarget }: Event) => {
    const form = formOf(currentTarget);
    draft.excess = draft.code;
    form?.requestSubmit();
  };
  const enterAnother = ({ currentTarget }: Event) => {
    const input = formOf(currentTarget)?.querySelector('input');
    if (!input) return;
    input.value = '';
    // The event makes it look as if the customer had emptied the field.
    input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'deleteContent' }));
    input.focus();
  };
  return html`<div class="consent">
    <button part="submit" class="submit" type="button" ?disabled=${disabled} @click=${enterAnother}>${texts.excessNo}</button>
    <button part="secondary" class="secondary lose" type="button" ?disabled=${disabled} @click=${acceptExcess}>${texts.excessYes}</button>
  </div>`;
}

const formOf = (button: EventTarget | null) => (button as Element).closest('form');
