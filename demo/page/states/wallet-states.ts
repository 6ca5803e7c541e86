/** States of a transfer by wallet, from the choice of a wallet to what becomes of the transaction number. */
import { accepted, credited, drawNumber, nextCalls, notFound, pending, refused, type TestNumber } from '../faults.ts';
import type { ScenarioRunner } from '../scenario-runner.ts';
import type { CustomerState } from './state.ts';

const day = 86_400_000;
/** Lets a claim wait for ten minutes, so that a tester can look at it. */
const slowCredit = { laterMs: 600_000 };

export const walletStates: CustomerState[] = [
  byWallet('wallet-choose', 'Choose a wallet', async (runner) => {
    await runner.open();
    await runner.toWallets();
  }),
  byWallet('transfer', 'Requisites', (runner) => runner.openTransfer()),
  byWallet('transfer-screenshot', 'Wallet that requires a screenshot', async (runner) => {
    await runner.openTransfer('kbzpay_manual');
    await runner.addPicture();
  }),
  submitted('transfer-paid', 'Paid by wallet', credited),
  submitted('transfer-accepted', 'Found, not credited yet', accepted),
  submitted('transfer-pending', 'Transfer being checked', pending),
  submitted('transfer-not-found', 'Transfer not found yet', notFound),
  submitted('transfer-declined', 'Transaction number declined', refused),
  byWallet('no-requisites', 'No requisites', async (runner) => {
    await runner.open();
    await runner.walletFaults(nextCalls(1, { op: 'transaction/create', when: 'before', kind: 'http500' }));
    await runner.chooseWallet();
  }),
  byWallet('number-used', 'Transaction number used before', (runner) => submitTwice(runner, credited)),
  byWallet('too-many-numbers', 'Too many transaction numbers', async (runner) => {
    await runner.openTransfer();
    for (let count = 0; count <= maxNumbers; count += 1) await runner.submitNumber(drawNumber(refused));
  }),
  byWallet('second-payment', 'Transfer may still arrive', async (runner) => {
    await runner.openTransfer();
    await runner.submitNumber(drawNumber(notFound));
    await runner.leaveTransfer();
  }),
  byWallet('transfer-expired', 'Expired, number still accepted', async (runner) => {
    await runner.openTransfer();
    await runner.moveClock(day);
    await runner.refresh();
  }),
];

/** How many numbers one payment may submit. */
const maxNumbers = 5;

export function byWallet(id: string, words: string, show: CustomerState['show']): CustomerState {
  return { id, words, means: 'real', currency: 'MMK', show };
}

function submitted(id: string, words: string, meaning: TestNumber): CustomerState {
  return byWallet(id, words, async (runner) => {
    await runner.sendPostbacks(slowCredit);
    await runner.openTransfer();
    await runner.submitNumber(drawNumber(meaning));
  });
}

/** Submits the same number for two payments. */
export async function submitTwice(runner: ScenarioRunner, meaning: TestNumber): Promise<void> {
  const number = drawNumber(meaning);
  for (const _payment of ['first', 'second']) {
    await runner.openTransfer();
    await runner.submitNumber(number);
  }
}
