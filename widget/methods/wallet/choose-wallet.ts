/** Which wallet: native radios, or a sentence where there is only one. Next comes where to transfer to; nothing is paid by it. */
import { html, nothing } from 'lit';
import type { ChooseWallet } from '#contract';
import { fill } from '../../messages/fill.ts';
import type { TransferMessages } from '../../messages/transfer/transfer-messages.ts';
import { errorNote } from '../../parts/error-note.ts';
import { submitButton } from '../../parts/submit-button.ts';
import type { RoomContext } from '../method-form.ts';
import { walletMark } from './wallet-mark.ts';

interface Choosing extends RoomContext<ChooseWallet> {
  texts: TransferMessages;
  error: string;
  chosen: string;
  onChoose(walletType: string): void;
}

export function chooseWallet({ action, texts, error, chosen, busy, disabled, buttonless, onChoose }: Choosing) {
  const { wallets } = action;
  const [only] = wallets;
  if (!only) return html`<p class="text">${texts.none}</p>`;
  return html`${
    wallets.length === 1
      ? html`<p class="wallet">${walletMark(only.name)}<span>${fill(texts.only, { wallet: only.name })}</span></p>`
      : html`<div class="field wallets">
          <p class="label" id="wallets-label">${texts.choose}</p>
          <fieldset class="methods" aria-labelledby="wallets-label" ?disabled=${disabled || busy}>
          ${wallets.map(
            ({ walletType, name }) => html`<label class="method">
              <input type="radio" name="wallet" value=${walletType} .checked=${walletType === chosen} @change=${() => onChoose(walletType)} />
              ${walletMark(name)}<span>${name}</span>
            </label>`,
          )}
        </fieldset></div>`
  }
  ${error ? errorNote(error) : nothing}
  ${buttonless ? nothing : submitButton({ label: texts.show, busyLabel: texts.asking, busy, disabled })}`;
}
