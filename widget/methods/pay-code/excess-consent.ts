/** A code that is worth more than is due: whether it is to be used all the same is a click of its own, never the one that was clicked before. */
import { html } from 'lit';
import type { SmsMessages } from '../../messages/sms/sms-messages.ts';
import type { RoomContext } from '../method-room.ts';

/** `within`: something in the form of the code. */
export function excessConsent({ draft, disabled }: RoomContext, texts: SmsMessages, within: Element) {
  const field = () => within.closest('form')?.querySelector('input');
  const use = () => {
    draft.excess = draft.code;
    field()?.focus(); // this button goes
    within.closest('form')?.requestSubmit();
  };
  const another = () => {
    draft.code = '';
    field()?.focus();
    // What is typed has changed.
    field()?.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'deleteContent' }));
  };
  return html`<div class="consent">
    <button part="submit" class="submit" type="button" ?disabled=${disabled} @click=${use}>${texts.excessYes}</button>
    <button part="secondary" class="secondary" type="button" ?disabled=${disabled} @click=${another}>${texts.excessNo}</button>
  </div>`;
}
