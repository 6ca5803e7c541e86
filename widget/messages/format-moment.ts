/** A date and time for a receipt: `21 Nov 2026, 21:48`, in the customer's own time zone and with the digits of the codes around it. */
export function formatMoment(iso: string, locale: string): string {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return '';
  // Most browsers have no Burmese dates and would say English months: there the day is all numbers, as is usual in Myanmar.
  const numeric = locale.startsWith('my');
  return new Intl.DateTimeFormat(numeric ? 'en-GB' : locale, {
    numberingSystem: 'latn',
    day: 'numeric',
    month: numeric ? 'numeric' : 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(when);
}
