/** Where a transfer was to go and under which number it was told, to be compared with the wallet app. */
import type { PaymentView } from '#contract';
import { fill } from '../messages/fill.ts';
import type { Messages } from '../messages/messages.ts';

export function transferRows({ attempt }: PaymentView, { transfer: texts }: Messages): [name: string, value: string][] {
  if (!attempt?.transfer) return [];
  const { requisites, walletName } = attempt.transfer;
  const rows = requisites.map(({ key, caption, value }): [string, string] => [
    fill(texts.captions[key] ?? caption ?? key, { wallet: walletName }),
    value,
  ]);
  return attempt.entered ? [...rows, [texts.number, attempt.entered]] : rows;
}
