/** Days of a time zone: where they begin, also on the days on which clocks are changed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, boundsOf, dayOf, instantOf, isDay, isTimeZone } from '../../../server/payments/model/calendar.ts';

const iso = (instant: number) => new Date(instant).toISOString();
const hours = (day: string, zone: string) => {
  const { from, to } = boundsOf(day, zone);
  return [iso(from), (to - from) / 3_600_000];
};

test('a day begins at midnight of its zone', () => {
  assert.deepEqual(hours('2026-11-29', 'UTC'), ['2026-11-29T00:00:00.000Z', 24]);
  assert.deepEqual(hours('2026-11-29', 'Asia/Tashkent'), ['2026-11-28T19:00:00.000Z', 24]);
  assert.deepEqual(hours('2026-11-29', 'Asia/Yangon'), ['2026-11-28T17:30:00.000Z', 24]);
});

test('a day on which clocks are changed has 23 or 25 hours', () => {
  assert.deepEqual(hours('2026-03-29', 'Europe/Warsaw'), ['2026-03-28T23:00:00.000Z', 23]);
  assert.deepEqual(hours('2026-10-25', 'Europe/Warsaw'), ['2026-10-24T22:00:00.000Z', 25]);
});

test('a day whose midnight is skipped begins at the first instant that it has', () => {
  // In Beirut clocks went from 00:00 to 01:00 on this day.
  const { from } = boundsOf('2024-03-31', 'Asia/Beirut');
  assert.equal(dayOf(from, 'Asia/Beirut'), '2024-03-31');
  assert.equal(dayOf(from - 1, 'Asia/Beirut'), '2024-03-30');
});

test('every instant belongs to the day between whose bounds it lies', () => {
  for (const zone of ['UTC', 'Asia/Tashkent', 'Europe/Warsaw', 'America/Sao_Paulo', 'Pacific/Apia']) {
    for (let day = '2026-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
      const { from, to } = boundsOf(day, zone);
      assert.deepEqual([dayOf(from, zone), dayOf(to - 1, zone)], [day, day], `${day} ${zone}`);
    }
  }
});

test('an hour that comes twice is the first of the two', () => {
  assert.equal(iso(instantOf('2026-10-25T02:30:00', 'Europe/Warsaw')), '2026-10-25T00:30:00.000Z');
});

test('what is no day and no zone is known', () => {
  assert.deepEqual(['2026-02-28', '2026-02-30', '2026-2-3', '', '2026-13-01'].map(isDay), [true, false, false, false, false]);
  assert.deepEqual(['Asia/Tashkent', 'UTC', 'Mars/Base', ''].map(isTimeZone), [true, true, false, false]);
});
