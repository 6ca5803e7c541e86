/** Times as people read and type them. All are UTC, because an operator compares them with the logs of several machines. */
import { usageError } from './exit-codes.ts';

/** `2026-11-29 18:30:05`; a dash for no time. */
export const formatTime = (iso: string | null): string => (iso === null ? '–' : iso.slice(0, 19).replace('T', ' '));

/** How long ago it was, e.g. `3 h 12 min`. */
export const formatAge = (iso: string, now = Date.now()): string => formatSeconds((now - Date.parse(iso)) / 1000);

/** A dash for no duration. */
export function formatSeconds(duration: number | null): string {
  if (duration === null) return '–';
  const seconds = Math.max(0, Math.floor(duration));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/**
 * A day, `2026-11-29`, or a moment of ISO 8601. A day stands for its first moment in UTC.
 * @returns ISO 8601
 * @throws {CommandFailure} if it is neither
 */
export function parseMoment(option: string, text: string): string {
  const moment = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(moment)) {
    throw usageError(`${option}: expected a day such as 2026-11-29 or a moment such as 2026-11-29T18:30:00Z, and not ${text}.`);
  }
  return new Date(moment).toISOString();
}

/** @throws {CommandFailure} if the text is no day such as `2026-11-29` */
export function checkDay(option: string, text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw usageError(`${option}: expected a day such as 2026-11-29, and not ${text}.`);
}
