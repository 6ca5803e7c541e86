/** The title of each screen: drawn as its heading, and spoken when the screen comes while the customer is elsewhere on the page. */
import type { Messages } from '../messages/messages.ts';
import type { ScreenName } from './screen.ts';

const titles = {
  loading: 'loading',
  load_error: 'loadErrorTitle',
  enter: '', // a form: its label speaks for itself
  checking: 'checkingTitle',
  review: 'reviewTitle',
  paid: 'paidTitle',
  underpaid: 'underpaidTitle',
  refunding: 'refundingTitle',
  refunded: 'refundedTitle',
  canceled: 'canceledTitle',
  expired: 'expiredTitle',
  unavailable: 'unavailableTitle',
} as const satisfies Record<ScreenName, keyof Messages | ''>;

export function screenTitle(name: ScreenName, texts: Messages): string {
  const key = titles[name];
  return key && texts[key];
}
