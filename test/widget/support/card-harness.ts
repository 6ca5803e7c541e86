/** A harness for the card form: its fields by id, its buttons by their text. */
import { PayDeskHarness } from './pay-desk-harness.ts';

export type CardField = 'card-number' | 'card-expire' | 'card-phone' | 'sms-code';

export class CardHarness extends PayDeskHarness {
  input(id: CardField): HTMLInputElement {
    const found = this.root.getElementById(id);
    if (!(found instanceof HTMLInputElement)) throw new Error(`no ${id} to be seen; the checkout says: ${this.text}`);
    return found;
  }

  /** The text under a field. */
  under(id: CardField): string {
    const note = this.root.getElementById(this.input(id).getAttribute('aria-describedby') ?? '');
    return (note?.textContent ?? '').replace(/\s+/g, ' ').trim();
  }

  get card(): HTMLInputElement[] {
    return [...this.root.querySelectorAll<HTMLInputElement>('input[type=radio][name=saved-card]')];
  }

  async typeIn(id: CardField, text: string): Promise<void> {
    this.input(id).focus();
    await this.typeOn(text);
  }

  /** Types at the caret of the focused field. */
  async typeOn(text: string): Promise<void> {
    for (const sign of text) document.execCommand('insertText', false, sign);
    await this.checkout.updateComplete;
  }

  async pasteIn(id: CardField, text: string): Promise<void> {
    this.input(id).focus();
    document.execCommand('insertText', false, text);
    await this.checkout.updateComplete;
  }

  /** Types a whole card and submits it, which requests the SMS. */
  async enterCard(number = '8600069195406311', expire = '0399'): Promise<void> {
    await this.typeIn('card-number', number);
    await this.typeIn('card-expire', expire);
    await this.press('Enter');
  }
}
