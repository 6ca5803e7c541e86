/** Screens of a transfer by wallet: the requisites, the transaction number, and what can follow. */
import { transferStates } from '../../widget/support/payment-view.ts';
import type { Screen } from './screen.ts';

export const transfers: Screen[] = Object.entries(transferStates()).map(([title, state]) => ({
  title,
  opens: { status: 200, body: state() },
}));
