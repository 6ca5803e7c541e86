/** PayCodes' times, in every form its database can print and in some that it cannot. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseTimestamp } from '../../../server/clients/paycodes/schema.ts';

const zone = 'Europe/Warsaw';
const parsed = (text: string, timeZone = zone) => parseTimestamp(text, timeZone)?.toISOString();

const examples: [string, string][] = [
  ['2014-07-24 18:23:30.586785+02', '2014-07-24T16:23:30.586Z'],
  ['2014-07-24 18:23:30.586785+0530', '2014-07-24T12:53:30.586Z'],
  ['2014-07-24 18:23:30.586785+05:30', '2014-07-24T12:53:30.586Z'],
  ['2014-07-24 18:23:30.586785-03', '2014-07-24T21:23:30.586Z'],
  ['2014-07-24T18:23:30Z', '2014-07-24T18:23:30.000Z'],
  ['2014-07-24 18:23:30.5+00', '2014-07-24T18:23:30.500Z'],
  ['2014-07-24 18:23:30.999999+02', '2014-07-24T16:23:30.999Z'],
  ['2024-02-29 00:00:00+01', '2024-02-28T23:00:00.000Z'],
];
for (const [text, instant] of examples) test(`reads ${text}`, () => assert.equal(parsed(text), instant));

const local: [string, string][] = [
  ['2014-07-24 18:23:30.586785', '2014-07-24T16:23:30.586Z'],
  ['2014-01-24 18:23:30', '2014-01-24T17:23:30.000Z'],
  ['2026-03-29 01:59:59', '2026-03-29T00:59:59.000Z'],
  ['2026-03-29 02:30:00', '2026-03-29T01:30:00.000Z'], // this half hour never was in Warsaw
  ['2026-03-29 03:00:00', '2026-03-29T01:00:00.000Z'],
  ['2026-10-25 02:30:00', '2026-10-25T00:30:00.000Z'], // this one was twice
  ['2026-10-25 03:00:00', '2026-10-25T02:00:00.000Z'],
];
for (const [text, instant] of local) test(`reads ${text} as a Warsaw time`, () => assert.equal(parsed(text), instant));

test('a time without an offset is local to the zone of the configuration', () => {
  assert.equal(parsed('2026-01-01 00:00:00', 'Asia/Yangon'), '2025-12-31T17:30:00.000Z');
  assert.equal(parsed('2026-01-01 00:00:00', 'UTC'), '2026-01-01T00:00:00.000Z');
  assert.equal(parsed('2026-07-01 00:00:00', 'America/New_York'), '2026-07-01T04:00:00.000Z');
});

const bad = [
  '',
  'yesterday',
  'infinity',
  '2014-07-24',
  '2014-07-24 18:23',
  '2014-02-30 00:00:00+00',
  '2023-02-29 00:00:00+00',
  '2014-13-01 00:00:00+00',
  '2014-07-24 24:00:00+00',
  '2014-07-24 18:60:00+00',
  '2014-07-24 18:23:60+00',
  '2014-07-24 18:23:30.1234567+00',
  '2014-07-24 18:23:30.+00',
  '2014-07-24 18:23:30+2',
  '2014-07-24 18:23:30+02:',
  '2014-07-24 18:23:30+16',
  '2014-07-24 18:23:30+02:60',
  '2014-07-24 18:23:30 Europe/Warsaw',
  ' 2014-07-24 18:23:30+02',
  '2014-07-24 18:23:30+02\n',
  '24.07.2014 18:23:30+02',
];
for (const text of bad) test(`does not read ${JSON.stringify(text)}`, () => assert.equal(parseTimestamp(text, zone), undefined));

const instants = fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });

test('every instant, printed with any offset and any number of digits, is read back', () => {
  fc.assert(
    fc.property(
      instants,
      fc.integer({ min: -15, max: 15 }),
      fc.constantFrom(0, 15, 30, 45),
      fc.nat(999),
      (instant, hours, minutes, micros) => {
        const sign = hours < 0 ? -1 : 1;
        const shifted = new Date(instant.getTime() + (hours * 60 + sign * minutes) * 60_000).toISOString();
        const offset = `${hours < 0 ? '-' : '+'}${two(Math.abs(hours))}`;
        const stem = `${shifted.slice(0, 10)} ${shifted.slice(11, 23)}${String(micros).padStart(3, '0')}${offset}`;
        assert.deepEqual(parseTimestamp(`${stem}${two(minutes)}`, zone), instant);
        assert.deepEqual(parseTimestamp(`${stem}:${two(minutes)}`, zone), instant);
        if (minutes === 0) assert.deepEqual(parseTimestamp(stem, zone), instant);
      },
    ),
  );
});

test('a local time is read as an instant at which the clocks of its zone show it', () => {
  const zones = fc.constantFrom('Europe/Warsaw', 'Asia/Yangon', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia');
  fc.assert(
    fc.property(instants, zones, (instant, timeZone) => {
      const shown = showIn(timeZone, instant);
      assert.equal(showIn(timeZone, parseTimestamp(shown, timeZone) ?? new Date(0)), shown);
    }),
  );
});

test('no text makes it throw', () => {
  const near = fc.stringMatching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{0,7})?([+-][0-9:]{0,5}|Z)?$/);
  fc.assert(
    fc.property(fc.oneof(fc.string(), near), (text) => {
      const time = parseTimestamp(text, zone);
      assert.ok(time === undefined || !Number.isNaN(time.getTime()));
    }),
  );
});

const two = (value: number) => String(value).padStart(2, '0');

/** What the clocks of a zone show, to the second. */
function showIn(timeZone: string, instant: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(instant);
}
