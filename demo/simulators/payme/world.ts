/** What a method acts in. */
import type { CardBook } from './card-book.ts';
import type { ReceiptBook } from './receipt-book.ts';
import type { Settings } from './settings.ts';

export interface Cashbox {
  /** 24 hexadecimal digits. */
  id: string;
  key: string;
}

export interface World {
  cashbox: Cashbox;
  settings: Settings;
  cards: CardBook;
  receipts: ReceiptBook;
  /** Milliseconds since the epoch, by the simulated clock. */
  now: number;
}
