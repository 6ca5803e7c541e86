/** What the shop's routes work with. */
import type { Journal } from '../journal.ts';
import type { OrderBook } from './order-book.ts';
import type { PaymentApi } from './payment-api.ts';

export interface ShopParts {
  orders: OrderBook;
  payments: PaymentApi;
  journal: Journal;
  /** Where the widget's script and the plugin window come from. */
  bffUrl: string;
  /** `whsec_…` */
  webhookSecret: string;
}
