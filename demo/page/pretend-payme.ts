/** What can be told to the pretend Payme: how it behaves, what its operator does, what time it is there. */
import type { CardBehaviour } from './card-behaviour.ts';
import { type Fault, qaClient } from './qa-client.ts';

export const pretendPayme = {
  behave: (change: CardBehaviour) => qaClient.behave(change),
  moveClock: (advanceMs: number) => qaClient.moveClock('payme', { advanceMs }),
  /** For the calls about one card: those of payments before are left alone. */
  async faults(faults: readonly Fault[], number: string): Promise<void> {
    for (const fault of faults) await qaClient.fault({ ...fault, code: number.slice(-4) }, 'payme');
  },
  /** An operator brings the newest receipt from state to state. */
  async moveReceipt(...states: number[]): Promise<void> {
    const { receipts } = await qaClient.cardLedger();
    const newest = receipts.at(-1);
    if (!newest) throw new Error('Payme has no receipt yet');
    for (const state of states) await qaClient.moveReceipt(newest.id, state);
  },
  /** Settles when it was asked so often where the newest receipt stands; after five seconds it is looked at as it is. */
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
