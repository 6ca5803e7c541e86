/** Days and clock times of a time zone (an IANA name such as `Asia/Tashkent`), as instants in milliseconds since 1970. */
import { dayMs } from './time.ts';

/** The day of this instant in the zone, `YYYY-MM-DD`. */
export const dayOf = (instant: number, timeZone: string): string => localTime(instant, timeZone).slice(0, 10);

/** The day after, or before if `days` is negative: of dates alone, whatever zone they are in. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** When the day begins in the zone, and when the next one does. A day on which clocks are changed is shorter or longer. */
export const boundsOf = (day: string, timeZone: string): { from: number; to: number } => ({
  from: instantOf(`${day}T00:00:00`, timeZone),
  to: instantOf(`${addDays(day, 1)}T00:00:00`, timeZone),
});

/**
 * The instant at which clocks in the zone show this time, `YYYY-MM-DDTHH:MM:SS`. Of an hour that comes twice the first is meant;
 * of an hour that is skipped, the instant at which it would have begun.
 */
export function instantOf(local: string, timeZone: string): number {
  const asUtc = Date.parse(`${local}Z`);
  const offsets = [asUtc - dayMs, asUtc + dayMs].map((near) => offsetAt(near, timeZone));
  const exact = offsets.map((offset) => asUtc - offset).filter((instant) => instant + offsetAt(instant, timeZone) === asUtc);
  return exact.length > 0 ? Math.min(...exact) : asUtc - Math.min(...offsets);
}

/** Whether this machine knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    formatterOf(name);
    return true;
  } catch {
    return false;
  }
}

/** Whether it is a day of the calendar: `2026-02-30` is not. */
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && addDaysSafely(text) === text;

function addDaysSafely(text: string): string | null {
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10);
}

/** How far the zone is ahead of UTC, in milliseconds. */
const offsetAt = (instant: number, timeZone: string): number =>
  Date.parse(`${localTime(instant, timeZone)}Z`) - Math.floor(instant / 1000) * 1000;

function localTime(instant: number, timeZone: string): string {
  const parts = Object.fromEntries(
    formatterOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Kept, because to make one takes longer than to use it. */
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const two = '2-digit' as const;
  const fields = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const;
  const formatter = new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', ...fields });
  formatters.set(timeZone, formatter);
  return formatter;
}
