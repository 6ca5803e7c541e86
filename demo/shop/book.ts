/**
 * Prices of the one book that the shop sells, minor units: as much as the demo's pay codes are worth. In UZS cards can pay too.
 */
export const bookPrices = { PLN: 2_500, UZS: 500_000 } as const;
export type BookCurrency = keyof typeof bookPrices;

/** PLN where the book is not sold in the named currency. */
export const bookCurrency = (named: string | null): BookCurrency => (named === 'UZS' ? named : 'PLN');

/** The one thing this shop sells. */
export const bookTitle = 'The Patient Garden';

/** The label of the shop's only customer. Pay Desk saves cards by label, so the next order finds them. */
export const customer = 'reader@nova-books.example';
