/** What a method works on: the book, the present time, and how unusable codes are told. */
import type { CodeBook } from './code-book.ts';
import type { Settings } from './settings.ts';

export interface World {
  book: CodeBook;
  /** Milliseconds since the epoch, by the simulated clock. */
  now: number;
  unusable: Settings['unusable'];
}
