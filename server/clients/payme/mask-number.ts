/** Card numbers, masked before they leave the client: Payme's lists may hold them in full. Source: payme.md §0, 11. */

/** First six digits, `******`, last four. What shows no more than those ten digits stays as it is. */
export function maskNumber(text: string): string {
  const digits = text.match(/\p{Nd}/gu) ?? [];
  return digits.length > 10 ? `${digits.slice(0, 6).join('')}******${digits.slice(-4).join('')}` : text;
}

/** The same for every number of 13 digits or more in a text, also one written in fours; the end of a word before it is left alone. */
export const maskNumbersIn = (text: string): string => text.replace(cardNumber, maskNumber);

const cardNumber = /\p{Nd}{13,}|(?<![\p{L}\p{Nd}_])\p{Nd}{4}([ \u00A0-])\p{Nd}{4}\1\p{Nd}{4}\1\p{Nd}{4,7}/gu;
