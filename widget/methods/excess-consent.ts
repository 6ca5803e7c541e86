/** A code that is worth more than is due: whether it is to be used all the same is a click of its own, never the one that was clicked before. */
import { html } from 'lit';
import type { SmsMessages } from '../messages/sms/sms-messages.ts';
import type { MethodFormProps } from './method-form.ts';

/** In the form of the code. */
export function excessConsent({ draft, disabled }: MethodFormProps, texts: SmsMessages) {
  const use = ({ currentTarget }: Event) => {
    const form = formOf(currentTarget);
    draft.excess = draft.code;
    form?.requestSubmit();
  };
  const another = ({ currentTarget }: Event) => {
    const input = formOf(currentTarget)?.querySelector('input');
    if (!input) return;
    input.value = '';
    input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'deleteContent' })); // as if by hand
    input.focus();
  };
  return html`<div class="consent">
    <button part="submit" class="submit" type="button" ?disabled=${disabled} @click=${use}>${texts.excessYes}</button>
    <button part="secondary" class="secondary" type="button" ?disabled=${disabled} @click=${another}>${texts.excessNo}</button>
  </div>`;
}

const formOf = (button: EventTarget | null) => (button as Element).closest('form');

/** Whether the customer is to be asked: the code they sent is worth more than is due, and may pay all the same. Not once they type another. */
export const needsExcessConsent = ({ problem, draft, action, view }: MethodFormProps): boolean =>
  problem?.code === 'code_value_too_high' &&
  !!draft.code &&
  draft.code === draft.sent &&
  // Where an SMS may cost more than is due, its code may be worth more.
  (action.kind === 'send_sms' ? action.price > view.due : 'excess' in action);
