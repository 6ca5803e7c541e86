/** Payme's only currency: ISO 4217, and its number on receipts. Its minor unit is the tiyin, a hundredth, so no amount is ever converted. */
export const cardCurrency = { code: 'UZS', number: 860 } as const;
