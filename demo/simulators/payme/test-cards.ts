/**
 * The seven cards of Payme's sandbox. All expire 03/99. What is wrong with each is documented; at which call it shows is not,
 * so that is a setting, and these are its defaults (server/clients/payme/README.md).
 */
import type { MethodName } from './read-request.ts';
import type { ErrorName } from './rpc-error.ts';

export interface TestCard {
  number: string;
  failAt: MethodName | null;
  error: ErrorName;
  /** Its failure is answered late. */
  slow?: true;
}

export const testCardExpiry = '0399';

export const testCards: readonly TestCard[] = [
  { number: '8600069195406311', failAt: null, error: 'declined' },
  { number: '8600495473316478', failAt: null, error: 'declined' },
  // SMS-informing is not connected · expired · blocked.
  { number: '8600060921090842', failAt: 'cards.create', error: 'card_unusable' },
  { number: '3333336415804657', failAt: 'cards.create', error: 'card_unusable' },
  { number: '4444445987459073', failAt: 'cards.create', error: 'card_unusable' },
  { number: '8600143417770323', failAt: 'cards.create', error: 'system_error' },
  { number: '8600134301849596', failAt: 'receipts.pay', error: 'declined', slow: true },
];
