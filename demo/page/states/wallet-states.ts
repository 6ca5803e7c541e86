/** A transfer by wallet, from choosing one to what becomes of its number. */

import { accepted, credited, drawNumber, type MeaningfulNumber, nextCalls, notFound, pending, refused } from '../faults.ts';
import type { ScenarioRunner } from '../scenario-runner.ts';
import type { CustomerState } from './state.ts';

const day = 86_400_000;
/** How long a claim that waits does so: as long as it can. */
const waits = { laterMs: 600_000 };

export const walletStates: CustomerState[] = [
  byWallet('wallet-choose', 'Choose a wallet', async (director) => {
    await director.open();
    await director.toWallets();
  }),
  byWallet('transfer', 'Where to transfer', (director) => director.openTransfer()),
  byWallet('transfer-picture', 'Wallet that wants a picture', async (director) => {
    await director.openTransfer('kbzpay_manual');
    await director.addPicture();
  }),
  told('transfer-paid', 'Paid by wallet', credited),
  told('transfer-accepted', 'Found, not credited yet', accepted),
  told('transfer-pending', 'Transfer being checked', pending),
  told('transfer-not-found', 'Transfer not found yet', notFound),
  told('transfer-refused', 'Number refused', refused),
  byWallet('no-requisites', 'Nowhere to transfer to', async (director) => {
    await director.open();
    await director.walletFaults(nextCalls(1, { op: 'transaction/create', when: 'before', kind: 'http500' }));
    await director.chooseWallet();
  }),
  byWallet('number-taken', 'Number that has paid before', (director) => tellTwice(director, credited)),
  byWallet('too-many-numbers', 'Too many numbers', async (director) => {
    await director.openTransfer();
    for (let told = 0; told <= mostNumbers; told += 1) await director.tell(drawNumber(refused));
  }),
  byWallet('second-payment', 'Pays another way all the same?', async (director) => {
    await director.openTransfer();
    await director.tell(drawNumber(notFound));
    await director.leaveTransfer();
  }),
  byWallet('transfer-expired', 'Time is up, number still taken', async (director) => {
    await director.openTransfer();
    await director.moveClock(day);
    await director.refresh();
  }),
];

/** As many as one payment may tell. */
const mostNumbers = 5;

export function byWallet(id: string, words: string, show: CustomerState['show']): CustomerState {
  return { id, words, means: 'real', currency: 'MMK', show };
}

function told(id: string, words: string, meaning: MeaningfulNumber): CustomerState {
  return byWallet(id, words, async (director) => {
    await director.sendPostbacks(waits);
    await director.openTransfer();
    await director.tell(drawNumber(meaning));
  });
}

/** By two payments. */
export async function tellTwice(director: ScenarioRunner, meaning: MeaningfulNumber): Promise<void> {
  const number = drawNumber(meaning);
  for (const _payment of ['first', 'second']) {
    await director.openTransfer();
    await director.tell(number);
  }
}
