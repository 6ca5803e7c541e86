/** What is wrong with the input of the wallet form, before it is sent. The server checks again. */
import { readTransactionNumber } from '#contract';
import type { TransferMessages } from '../../messages/messages.ts';
import type { MethodFormProps } from '../method-form.ts';

/**
 * Key of the text about what is wrong; '' if the input can be sent.
 * @param wallet The chosen wallet; '' where none can be chosen.
 */
export function invalidKey({ action, draft }: MethodFormProps, wallet: string): keyof TransferMessages | '' {
  if (action.kind === 'choose_wallet') return wallet ? '' : 'none';
  if (action.kind !== 'transfer') return '';
  if (!draft.number.trim()) return 'numberEmpty';
  if (readTransactionNumber(draft.number, action.number) === null) return 'numberWrong';
  return action.screenshot && !draft.picture ? 'pictureEmpty' : '';
}

/** The text under a key of `invalidKey`. */
export function invalidText({ action }: MethodFormProps, texts: TransferMessages, key: keyof TransferMessages): string {
  const text = texts[key];
  const wallet = action.kind === 'transfer' ? action.walletName : '';
  return typeof text === 'string' ? text.replaceAll('{wallet}', wallet) : '';
}
