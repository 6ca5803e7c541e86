/**
 * A rule's `price` as our money: an integer in minor units of the payment's currency.
 *
 * PayCodes says neither unit nor currency, so `scale` (decimal digits in `price`: 2 = grosze, 0 = złote) comes from the
 * merchant's configuration and `digits` from ISO 4217. By shifting decimal text, never by multiplying. `undefined` = the price
 * is finer than the currency, or beyond what an integer can hold: no amount of ours is equal to it.
 */
export function priceInMinorUnits(price: number, { scale, digits }: { scale: number; digits: number }): number | undefined {
  if (!Number.isSafeInteger(price) || price < 0) return undefined;
  const text = String(price);
  const extra = scale - digits;
  const shifted = extra <= 0 ? text + '0'.repeat(-extra) : dropZeros(text, extra);
  const amount = Number(shifted);
  return shifted !== undefined && Number.isSafeInteger(amount) ? amount : undefined;
}

function dropZeros(text: string, count: number): string | undefined {
  const padded = text.padStart(count + 1, '0');
  return padded.endsWith('0'.repeat(count)) ? padded.slice(0, -count) : undefined;
}
