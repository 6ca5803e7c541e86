/** The one thing this shop sells. */
export const bookTitle = 'The Patient Garden';
