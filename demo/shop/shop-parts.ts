/** What the shop's routes work with. */
import type { Journal } from '../journal.ts';
import type { Seller } from '../page/qa-api.ts';
import type { OrderBook } from './order-book.ts';
import type { PaymentApi } from './payment-api.ts';

export interface ShopParts {
  orders: OrderBook;
  /** Pay Desk as each merchant of the demo calls it. */
  payments: Record<Seller, PaymentApi>;
  journal: Journal;
  /** Where the widget's script and the plugin window come from. */
  bffUrl: string;
  /** `whsec_…` */
  webhookSecret: string;
}
