/** The bench's arithmetic, and its table: what is missed, skipped or reached is seen as such. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Goal, goals } from './goals.ts';
import { median, ratioOf, report, valueText } from './report.ts';

const goal = (id: string, limit: Goal['limit'], unit: Goal['unit'] = '×'): Goal => ({
  id,
  what: `what ${id} is`,
  limit,
  unit,
  why: `why not ${id}`,
});

describe('the arithmetic of the bench', () => {
  it('takes the middle of an odd number, and the mean of the two middle ones of an even number', () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([9, 1, 5, 6]), 5.5);
    assert.throws(() => median([]), /nothing was measured/);
  });

  it('compares each round with its own bare measurement, so that a busy moment spoils one round only', () => {
    // In the second round the machine was ten times as slow, for both.
    assert.equal(
      ratioOf([
        [50, 100],
        [5, 10],
        [49, 100],
      ]),
      0.5,
    );
    assert.throws(() => ratioOf([[1, 0]]), /a ratio to nothing/);
  });

  it('writes numbers with their units', () => {
    assert.equal(valueText(0.0154, '×'), '0.015 ×');
    assert.equal(valueText(1.149, '×'), '1.15 ×');
    assert.equal(valueText(28_763, 'bytes'), '28,763 bytes');
    assert.equal(valueText(4, ''), '4');
    assert.equal(valueText(1_234.5, 'a second'), '1235 a second');
    assert.equal(valueText(23.44, 'ms'), '23.4 ms');
  });
});

describe('the report of the bench', () => {
  const text = report(
    [
      goal('fast', { atLeast: 0.6 }),
      goal('slow', { atLeast: 0.6 }),
      goal('small', { atMost: 20 }, 'ms'),
      goal('big', { atMost: 20 }, 'ms'),
      goal('none', { atMost: 1 }),
      goal('absent', { atMost: 1 }),
    ],
    new Map([
      ['fast', { value: 0.6 }],
      ['slow', { value: 0.59, detail: 'of a | b\nand c' }],
      ['small', { value: 20 }],
      ['big', { value: 21 }],
      ['none', { skipped: 'no database is reachable' }],
    ]),
    [['commit', 'abc']],
  );
  const rowOf = (id: string) => text.split('\n').find((line) => line.startsWith(`| what ${id} is `));

  it('marks each goal as reached or not, and takes the limit itself as reached', () => {
    assert.equal(rowOf('fast'), '| what fast is | ≥ 0.60 × | 0.60 × | yes |');
    assert.equal(rowOf('small'), '| what small is | ≤ 20 ms | 20 ms | yes |');
    assert.equal(rowOf('big'), '| what big is | ≤ 20 ms | 21 ms | **no** |');
  });

  it('says why a goal is missed, and of no other goal', () => {
    assert.match(text, /why not slow/);
    assert.match(text, /why not big/);
    assert.doesNotMatch(text, /why not (fast|small|none|absent)/);
  });

  it('says a reason once that several goals share', () => {
    const why = 'one disk';
    const both = [
      { ...goal('one', { atMost: 1 }), why },
      { ...goal('other', { atMost: 1 }), why },
    ];
    const shared = report(
      both,
      new Map([
        ['one', { value: 2 }],
        ['other', { value: 3 }],
      ]),
      [],
    );
    assert.match(shared, /- \*\*what one is; what other is\.\*\* one disk/);
  });

  it('shows what was skipped, and why', () => {
    assert.equal(rowOf('none'), '| what none is | ≤ 1 × | not measured: no database is reachable | – |');
    assert.match(rowOf('absent') ?? '', /not asked for in this run/);
  });

  it('keeps a table of four columns whatever a detail contains', () => {
    assert.equal(rowOf('slow'), '| what slow is | ≥ 0.60 × | 0.59 × (of a \\| b and c) | **no** |');
  });

  it('has goals that are each named once', () => {
    assert.equal(new Set(goals.map(({ id }) => id)).size, goals.length);
  });
});
