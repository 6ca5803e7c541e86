/** A screen to be drawn: what the BFF answers, and what the customer or the world does then. */
import type { Page } from 'playwright-core';

export interface Answer {
  status: number;
  body: object;
}

export interface Screen {
  title: string;
  /** To the first reading of the payment. `none`: it never comes. `lost`: there is no connection. */
  opens?: Answer | 'none' | 'lost';
  /** To everything after it. */
  later?: Answer | 'none' | 'lost';
  /** A chunk that cannot be fetched, by the beginning of its file name. */
  without?: string;
  /** What stands in the address of the plugin window instead of a client secret. */
  query?: string;
  /** Before the page is loaded. */
  prepare?(page: Page): Promise<void>;
  /** When it is. Resolves with what is to be seen. */
  act?(page: Page): Promise<void>;
}
