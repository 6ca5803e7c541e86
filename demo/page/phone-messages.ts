/** All SMS on the customer's phone, newest first: those of the short numbers, and those of Payme. */
import type { CardLedger } from './card-ledger.ts';
import { cardMessages } from './card-messages.ts';
import type { CodeLedger } from './code-ledger.ts';
import { codeMessages } from './code-messages.ts';
import type { PhoneMessage } from './phone-message.ts';

export const allMessages = (codes: CodeLedger | null, cards: CardLedger | null): PhoneMessage[] =>
  // What came back at once is of the same millisecond, and stays above what was sent: the sort is stable.
  [...(codes ? codeMessages(codes) : []), ...(cards ? cardMessages(cards) : [])].sort((one, other) => +other.at - +one.at);
