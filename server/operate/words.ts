/** How amounts, durations and names are written in a sentence for an operator. */
import { minorUnitDigits } from '#contract';
import { dayMs, hourMs, minuteMs } from '../payments/model/time.ts';

/** `250000` and `PLN` → `2,500.00 PLN`: grouped as the console groups, because nobody counts the zeros of a sum in UZS at night. */
export const amountText = (amount: number, currency: string): string =>
  `${decimalText(amount, currency).replace(/\B(?=(\d{3})+(?=\.|$))/g, ',')} ${currency}`;

/** Minor units as a decimal number with a point. */
export function decimalText(amount: number, currency: string): string {
  const digits = minorUnitDigits(currency);
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${amount < 0 ? '-' : ''}${whole}${digits > 0 ? `.${text.slice(-digits)}` : ''}`;
}

/** `25.5` with two digits → 2550; null if it has more digits than that. */
export function minorUnits(decimal: string, digits: number): number | null {
  const [whole = '', fraction = ''] = decimal.split('.');
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > digits) return null;
  const amount = Number(`${whole}${kept.padEnd(digits, '0')}`);
  return Number.isSafeInteger(amount) ? amount : null;
}

export function durationText(ms: number): string {
  const units: [number, string][] = [
    [dayMs, 'day'],
    [hourMs, 'hour'],
    [minuteMs, 'minute'],
  ];
  const [size, name] = units.find(([unit]) => ms >= unit) ?? [minuteMs, 'minute'];
  const count = Math.max(1, Math.floor(ms / size));
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

/**
 * `paykassma:host:…` → `paykassma`. The whole name identifies an account, by one of its keys unless the merchants file says otherwise, so
 * nobody is shown it.
 */
export const serviceText = (upstream: string): string => upstream.replace(/:.*$/s, '');

/** A phrase as the end of a sentence. */
export const sentence = (text: string): string => {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`;
};

/** `operator:anna` → `anna`, `merchant:shop` → `the server of shop`. */
export const actorText = (actor: string | null): string =>
  (actor ?? 'nobody').replace(/^operator:/, '').replace(/^merchant:(.+)$/, 'the server of $1');
