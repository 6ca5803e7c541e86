/**
 * Reads a time as PayCodes writes it: PostgreSQL's `timestamptz` text, `2014-07-24 18:23:30.586785+02`.
 *
 * Read by hand, because `new Date` refuses that offset or accepts it only by V8's leniency. Microseconds are cut to milliseconds.
 * A time without an offset is local to `timeZone` (IANA name); in the hour that autumn repeats, the first one is meant.
 * `undefined` = not such a time. Source: README.md, "Times".
 */
export function parseTimestamp(text: string, timeZone: string): Date | undefined {
  const found = timestampPattern.exec(text);
  if (!found) return undefined;
  const [, day, clock, fraction = '', offset] = found;
  const millis = fraction.slice(0, 3).padEnd(3, '0');
  const asUtc = new Date(`${day}T${clock}.${millis}Z`);
  // A day that does not exist is either no date at all or rolls over into the next month. Neither may pass.
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString() !== `${day}T${clock}.${millis}Z`) return undefined;
  if (offset === undefined) return atLocalTime(asUtc, timeZone);
  const ahead = offsetInMinutes(offset);
  return ahead === undefined ? undefined : new Date(asUtc.getTime() - ahead * 60_000);
}

const timestampPattern = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d(?::?\d\d)?)?$/;

function offsetInMinutes(offset: string): number | undefined {
  if (offset === 'Z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', '') || '0');
  if (hours > 15 || minutes > 59) return undefined; // PostgreSQL never writes more than ±15:59
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** The instant at which clocks in the zone show this time. In the hour that spring skips, the offset before it is used. */
function atLocalTime(asUtc: Date, timeZone: string): Date {
  const local = asUtc.getTime();
  const dayBefore = local - zoneOffset(local - 86_400_000, timeZone);
  const dayAfter = local - zoneOffset(local + 86_400_000, timeZone);
  const exact = [dayBefore, dayAfter].find((instant) => instant + zoneOffset(instant, timeZone) === local);
  return new Date(exact ?? dayBefore);
}

/** How far the zone is ahead of UTC at an instant, in milliseconds. */
function zoneOffset(instant: number, timeZone: string): number {
  const fields = formatterOf(timeZone).formatToParts(instant);
  const name = fields.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  return (offsetInMinutes(name.slice('GMT'.length) || 'Z') ?? 0) * 60_000;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
    formatters.set(timeZone, formatter);
  }
  return formatter;
}
