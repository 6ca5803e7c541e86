/**
 * A time as PostgreSQL in Warsaw prints it: `2014-07-24 18:23:30.586785+02`, with microseconds and a two-digit offset.
 * Our clock has no microseconds; three digits that are not zero stand in for them, so that clients show what they do with them.
 */
export function formatTimestamp(time: number): string {
  const zone = formatter.formatToParts(time).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT+00';
  const offset = zone.slice('GMT'.length, 'GMT+00'.length); // whole hours in Warsaw, all through living memory
  const local = new Date(time + Number(offset) * 3_600_000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 23)}785${offset}`;
}

const formatter = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Warsaw', timeZoneName: 'longOffset' });
