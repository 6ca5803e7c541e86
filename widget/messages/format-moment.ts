/** A date and time for a receipt: `21 Nov 2026, 21:48`, in the customer's own time zone and with the digits of the codes around it. */
export function formatMoment(iso: string, locale: string): string {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return '';
  return new Intl.DateTimeFormat(locale, {
    numberingSystem: 'latn',
    day: 'numeric',
    month: locale.startsWith('my') ? 'long' : 'short', // Burmese month names cut short cannot be recognised
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(when);
}
