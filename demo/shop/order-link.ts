/** An order as a signed link, and as JSON. */
import { minorUnitDigits } from '#contract';
import { demoKeys } from '../../server/demo-keys.ts';
import type { OrderView } from '../page/qa-api.ts';
import { customer } from './book.ts';
import type { Order } from './order-book.ts';
import type { PageOptions } from './page-options.ts';
import { linkUrl } from './signed-link.ts';

/** The signed link that pays an order. @param origin The shop's. @param exp Until when it is valid, seconds since 1970. */
export const orderLink = (bffUrl: string, order: Order, origin: string, exp: string, { lang, theme }: PageOptions): URL =>
  linkUrl(bffUrl, demoKeys.linkKey.key, {
    merchant: demoKeys.merchantId,
    kid: demoKeys.linkKey.kid,
    label: customer,
    custom_transaction_id: order.id,
    // Links have major units only.
    fixed_amount: String(order.amount).slice(0, -minorUnitDigits(order.currency) || undefined),
    currency_code: order.currency,
    success_url: `${origin}/shop/orders/${order.id}`,
    pending_url: `${origin}/shop/orders/${order.id}`,
    // One return address by its id in the merchants file, the others inline.
    payment_url_fail_id: 'shop',
    exp,
    ...(lang && { lang }),
    theme,
  });

/** An order as JSON, without the customer's client secret. */
export const orderView = ({ payment, byLink: _, seller: _seller, ...order }: Order): OrderView => ({
  ...order,
  paymentId: payment?.id ?? '',
});
