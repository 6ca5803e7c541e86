/** Which amounts may be sent: whole tiyin, for a fraction or NaN could be rounded to other money on the way. */
import type { ReceiptDetail } from './requests.ts';

/** What a receipt may be made out for. */
export const isAmount = (amount: number): boolean => Number.isSafeInteger(amount) && amount > 0;

/** Every price of a receipt's detail; a gift has none. */
export const arePrices = ({ shipping, items = [] }: ReceiptDetail): boolean =>
  [shipping?.price ?? 0, ...items.flatMap(({ price, discount = 0 }) => [price, discount])].every(
    (price) => Number.isSafeInteger(price) && price >= 0,
  );
