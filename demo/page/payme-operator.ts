/**
 * Controls the simulated Payme for a scenario: its behaviour, its clock, its faults, and what its operator does with a receipt.
 */

import type { Transfer } from '#contract';
import { qaClient } from './qa-client.ts';
import type { CardBehaviour, Fault } from './simulator-api.ts';

export const paymeOperator = {
  behave: (change: CardBehaviour) => qaClient.behave(change),
  moveClock: (advanceMs: number) => qaClient.moveClock('payme', { advanceMs }),
  /** Orders faults for the calls about one card, so that calls of earlier payments do not meet them. */
  async faults(faults: readonly Fault[], number: string): Promise<void> {
    for (const fault of faults) await qaClient.fault({ ...fault, code: number.slice(-4) }, 'payme');
  },
  /** An operator moves the newest receipt from state to state. */
  async moveReceipt(...states: number[]): Promise<void> {
    const { receipts } = await qaClient.cardLedger();
    const newest = receipts.at(-1);
    if (!newest) throw new Error('Payme has no receipt yet');
    for (const state of states) await qaClient.moveReceipt(newest.id, state);
  },
  /** Resolves when the newest receipt was checked so often, or after five seconds. */
  async untilRead(times: number): Promise<void> {
    const end = performance.now() + 5_000;
    for (;;) {
      const { receipts, calls } = await qaClient.cardLedger();
      const newest = receipts.at(-1)?.id;
      const readings = calls.filter(({ method, receipt }) => method === 'receipts.check' && receipt === newest);
      if (readings.length >= times || performance.now() > end) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  },
};

/** A picture like the screenshot that a customer takes of a finished transfer. */
export async function drawReceipt({ walletName, requisites }: Transfer): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = 360;
  canvas.height = 480;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser draws no pictures');
  const line = (words: string, top: number, font: string, colour: string) => {
    pen.font = `${font} system-ui, sans-serif`;
    pen.fillStyle = colour;
    pen.fillText(words, 180, top);
  };
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, 360, 480);
  pen.fillStyle = '#0a6a56';
  pen.fillRect(0, 0, 360, 90);
  pen.textAlign = 'center';
  line(walletName, 56, '600 26px', '#ffffff');
  line('✓', 190, '72px', '#0a6a56');
  line('Transfer successful', 250, '600 22px', '#12211d');
  for (const [index, { value }] of requisites.entries()) line(value, 300 + index * 34, '20px', '#55635e');
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('This browser draws no pictures');
  return new File([blob], 'transfer.png', { type: 'image/png' });
}
