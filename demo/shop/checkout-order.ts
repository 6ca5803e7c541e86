/** Places an order and creates its payment at Pay Desk. */
import type { NewOrder } from '../page/qa-api.ts';
import { bookTitle, customer } from './book.ts';
import type { Order } from './order-book.ts';
import type { ShopDeps } from './shop-deps.ts';

/**
 * @param origin The shop's origin as the customer sees it, for "Back to the shop".
 * @throws PaymentApiError Where Pay Desk declines.
 */
export async function checkoutOrder(
  deps: Pick<ShopDeps, 'orders' | 'payments'>,
  wanted: NewOrder,
  origin: string,
): Promise<Order> {
  const order = deps.orders.place({ ...wanted, title: bookTitle });
  const page = `${origin}/shop/orders/${order.id}`;
  const { payment, clientSecret, pluginUrl } = await deps.payments[order.seller].create({
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
