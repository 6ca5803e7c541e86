/** The short name of a payment that a customer can read out: `PD-7Q4K-19TZ`, the first eight signs of its id. */
export const paymentReference = (paymentId: string): string => {
  const signs = paymentId.slice(paymentId.indexOf('_') + 1).toUpperCase();
  return `PD-${signs.slice(0, 4)}-${signs.slice(4, 8)}`;
};
