/** An amount in words for the shop's own pages: `25.00 PLN`. */
import { minorUnitDigits } from '#contract';

/** Whose hundredths nobody writes: as in the checkout beside it, a whole amount is shown without. */
const wholeByHabit = new Set(['MMK', 'UZS']);

/** @param amount Minor units of `currency`. */
export function formatAmount(amount: number, currency: string): string {
  const digits = minorUnitDigits(currency);
  // Placed by text, as money never meets a float here.
  const text = String(amount).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, ',');
  const part = digits ? text.slice(-digits) : '';
  return `${whole}${part && !(wholeByHabit.has(currency) && !Number(part)) ? `.${part}` : ''} ${currency}`;
}
