/** Amounts and times as an exported list may spell them. What can be read in two ways is not read at all. */
import { boundsOf, instantOf, isDay } from '../../payments/model/calendar.ts';
import { dayMs } from '../../payments/model/time.ts';

/**
 * A decimal number with a point: `6000`, `6 000,50`, `6,000.50` and `6.000,50` are understood. With a single comma or point before
 * three digits nobody can know whether it separates thousands.
 */
export function decimalOf(cell: string): string | null {
  const text = cell.replace(/[\s\u00a0\u202f']/g, '');
  const [point, comma] = [text.lastIndexOf('.'), text.lastIndexOf(',')];
  if (point >= 0 && comma >= 0) {
    const [thousands, decimal] = point > comma ? [',', '.'] : ['.', ','];
    const [whole = '', fraction = ''] = text.split(decimal);
    if (text.split(decimal).length !== 2 || !/^\d{1,3}(.\d{3})+$/.test(whole)) return null;
    return whole.split(thousands).length > 1 ? `${whole.replaceAll(thousands, '')}.${fraction}` : null;
  }
  return /^\d+([.,]\d+)?$/.test(text) && !/^\d{1,3}[.,]\d{3}$/.test(text) ? text.replace(',', '.') : null;
}

const isoDate = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:\.\d+)? ?(Z|[+-]\d\d:\d\d)?)?$/;
const dottedDate = /^(\d\d)\.(\d\d)\.(\d{4})(?:,? (\d\d:\d\d)(:\d\d)?)?$/;

/** Milliseconds since 1970; null if the text is no time, or one of several. */
export function timeOf(cell: string, instantAt: LocalClock): number | null {
  if (/^\d{10}$/.test(cell)) return Number(cell) * 1000;
  if (/^\d{13}$/.test(cell)) return Number(cell);
  const iso = isoDate.exec(cell);
  const dotted = dottedDate.exec(cell);
  const day = iso?.[1] ?? (dotted ? `${dotted[3]}-${dotted[2]}-${dotted[1]}` : '');
  const clock = `${iso?.[2] ?? dotted?.[4] ?? '00:00'}${iso?.[3] ?? dotted?.[5] ?? ':00'}`;
  if (!isDay(day) || !/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(clock)) return null;
  const offset = iso?.[4];
  return offset ? Date.parse(`${day}T${clock}${offset}`) : instantAt(day, clock);
}

/** The instant at which clocks show this time, `HH:MM:SS`, on this day. */
export type LocalClock = (day: string, clock: string) => number;

/** A list has few days and many times, and to look up a zone's clock takes longer than to read a line. */
export function createLocalClock(timeZone: string): LocalClock {
  const days = new Map<string, { from: number; to: number }>();
  return (day, clock) => {
    const bounds = days.get(day) ?? boundsOf(day, timeZone);
    days.set(day, bounds);
    const isUsual = bounds.to - bounds.from === dayMs;
    return isUsual ? bounds.from + Date.parse(`1970-01-01T${clock}Z`) : instantOf(`${day}T${clock}`, timeZone);
  };
}
