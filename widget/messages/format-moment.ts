/** A date and time for a receipt: `21 Nov 2026, 21:48`, in the customer's own time zone and with the digits of the codes around it. */
import { formatLocale } from './format-locale.ts';

export function formatMoment(iso: string, tag: string): string {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return '';
  // Where another locale stands in, its months would be foreign: the day is all numbers, as is usual in Myanmar and Uzbekistan.
  const numeric = /^(my|uz)\b/.test(tag);
  return new Intl.DateTimeFormat(formatLocale(tag), {
    numberingSystem: 'latn',
    dateStyle: numeric ? 'short' : 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).format(when);
}
