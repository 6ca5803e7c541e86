/** The label of the one customer that this shop has: with Pay Desk, saved cards are of a label, so the next order finds them. */
export const customer = 'reader@nova-books.example';
