/** The element that an action is done in. */
import type { RoomAction } from '../methods/method-form.ts';

export type RoomTag = 'pay-code-form' | 'sms-form' | 'wallet-form' | 'card-form' | 'card-frame';

/** A card is typed in a frame of the BFF wherever the page is not the BFF's own: a merchant's document never holds the form. */
export function roomOf({ kind }: RoomAction, apiBase: string, pageOrigin: string): RoomTag {
  if (kind === 'enter_code') return 'pay-code-form';
  if (kind === 'send_sms') return 'sms-form';
  if (!kind.startsWith('enter')) return 'wallet-form';
  return new URL(apiBase).origin === pageOrigin ? 'card-form' : 'card-frame';
}
