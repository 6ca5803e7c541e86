/** A screen to draw: the BFF's answers, and what the customer or the network does. */
import type { Page } from 'playwright-core';

export interface Answer {
  status: number;
  body: object;
}

export interface Screen {
  title: string;
  /** The answer to the first read of the payment. `none`: it never comes. `lost`: there is no connection. */
  opens?: Answer | 'none' | 'lost';
  /** The answer to all later requests. */
  later?: Answer | 'none' | 'lost';
  /** A chunk that cannot be loaded, by the beginning of its file name. */
  without?: string;
  /** The address of the plugin window, where it has no client secret. */
  query?: string;
  /** Runs before the page is loaded. */
  prepare?(page: Page): Promise<void>;
  /** Runs after it is loaded. Resolves with the element to draw. */
  act?(page: Page): Promise<void>;
}
