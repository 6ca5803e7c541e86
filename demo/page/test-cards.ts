/** The seven cards of Payme's sandbox, and what each brings about as long as nothing else is chosen. */

export interface TestCard {
  /** 16 digits. */
  number: string;
  /** What a customer then sees, in a few words. */
  brings: string;
}

export const goodCard = '8600069195406311';
export const otherGoodCard = '8600495473316478';
/** The form says so before an SMS is sent. */
export const smsOffCard = '8600060921090842';

export const testCards: readonly TestCard[] = [
  { number: goodCard, brings: 'paid' },
  { number: otherGoodCard, brings: 'paid' },
  { number: smsOffCard, brings: 'no SMS service' },
  { number: '3333336415804657', brings: 'expired' },
  { number: '4444445987459073', brings: 'blocked' },
  { number: '8600143417770323', brings: 'Payme fails' },
  { number: '8600134301849596', brings: 'declined, after 10 seconds' },
];

/** The same for all of them. */
export const testExpiry = '03/99';
/** Any phone of Uzbekistan does. */
export const testPhone = '+998901234567';

/** As on a card; where there is no room for all of it, on two lines. */
export const inFours = (number: string): string => number.replace(/^(\d{4})(\d{4})(\d{4})/, '$1\u00a0$2 $3\u00a0');
