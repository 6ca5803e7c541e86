/** How money and times are written, and how an amount that was typed in is read. Always in English. */
import { minorUnitDigits } from '#contract';

/** @param amount Minor units of `currency`. @returns E.g. `1,250.00 PLN`. */
export function money(amount: number, currency: string): string {
  const { whole, fraction } = inMajorUnits(amount, currency);
  return `${BigInt(whole).toLocaleString('en')}${fraction && `.${fraction}`}\u00a0${currency}`;
}

/** @param amount Minor units of `currency`. @returns As a person types it, e.g. `1250.00`. */
export function typedAmount(amount: number, currency: string): string {
  const { whole, fraction } = inMajorUnits(amount, currency);
  return `${whole}${fraction && `.${fraction}`}`;
}

function inMajorUnits(amount: number, currency: string): { whole: string; fraction: string } {
  const digits = minorUnitDigits(currency);
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const sign = amount < 0 ? '-' : '';
  return { whole: sign + text.slice(0, text.length - digits), fraction: digits === 0 ? '' : text.slice(-digits) };
}

/**
 * Reads an amount in major units. Separators of thousands are refused, because `1,000` is a thousand to some and one to others.
 * @returns Minor units, or a sentence that says what is wrong.
 */
export function readAmount(text: string, currency: string): number | string {
  const digits = minorUnitDigits(currency);
  const example = digits === 0 ? '1250' : `1250.${'0'.repeat(digits)}`;
  const [, whole, fraction = ''] = /^\s*(\d{1,12})(?:\.(\d+))?\s*$/.exec(text) ?? [];
  if (whole === undefined) return `Write the amount in ${currency} as ${example}, without separators of thousands.`;
  if (fraction.length > digits) {
    return digits === 0
      ? `${currency} has no digits after the point.`
      : `${currency} has ${digits} digits after the point at most.`;
  }
  const amount = Number(whole + fraction.padEnd(digits, '0'));
  return amount <= 1_000_000_000_000 ? amount : 'The amount is too large.';
}

const toTheSecond = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const;
const local = new Intl.DateTimeFormat('en-GB', toTheSecond);
const utc = new Intl.DateTimeFormat('en-GB', { ...toTheSecond, timeZone: 'UTC' });

/** The zone that times are shown in, e.g. `Europe/Warsaw`. */
export const localZone: string = local.resolvedOptions().timeZone;

/** @returns E.g. `29 Nov 2026, 18:45:43`. */
export const moment = (iso: string, zone: 'local' | 'utc' = 'local'): string =>
  (zone === 'local' ? local : utc).format(new Date(iso));

/** @returns How long something takes or waits, in its two largest units: `2 h 14 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor((whole % 86_400) / 3_600);
  const minutes = Math.floor((whole % 3_600) / 60);
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  return minutes > 0 ? `${minutes} min` : `${whole} s`;
}

export const age = (since: string, now: number = Date.now()): string => duration((now - Date.parse(since)) / 1_000);

export const count = (number: number, one: string, many: string = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
