/** Places an order and creates its payment at Pay Desk. */
import type { NewOrder } from '../page/qa-api.ts';
import { bookTitle, customer } from './book.ts';
import type { Order } from './order-book.ts';
import type { ShopParts } from './shop-parts.ts';

/**
 * @param origin The shop's own origin, as the customer sees it: where "Back to the shop" leads.
 * @throws PaymentApiError when Pay Desk refuses.
 */
export async function checkoutOrder(
  parts: Pick<ShopParts, 'orders' | 'payments'>,
  wanted: NewOrder,
  origin: string,
): Promise<Order> {
  const order = parts.orders.place({ ...wanted, title: bookTitle });
  const page = `${origin}/shop/orders/${order.id}`;
  const { payment, clientSecret, pluginUrl } = await parts.payments[order.seller].create({
    amount: wanted.amount,
    currency: wanted.currency,
    orderId: order.id,
    label: customer,
    description: order.title,
    returnUrls: { success: page, fail: page, pending: page },
    ...(wanted.locale && { locale: wanted.locale }),
    ...(wanted.phone && { phone: wanted.phone }),
    ...(wanted.expiresIn && { expiresIn: wanted.expiresIn }),
  });
  order.payment = { id: payment.id, clientSecret, pluginUrl };
  return order;
}
