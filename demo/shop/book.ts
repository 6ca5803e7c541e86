/** What the book costs in each currency that the shop sells it in, minor units: as much as the demo's pay codes cover. In UZS it is also paid by card. */
export const bookPrices = { PLN: 2_500, UZS: 500_000 } as const;
export type BookCurrency = keyof typeof bookPrices;

/** The first where it is sold in no such. */
export const bookCurrency = (named: string | null): BookCurrency => (named === 'UZS' ? named : 'PLN');

/** The one thing this shop sells. */
export const bookTitle = 'The Patient Garden';

/** The label of the one customer that this shop has: with Pay Desk, saved cards are of a label, so the next order finds them. */
export const customer = 'reader@nova-books.example';
