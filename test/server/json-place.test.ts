/** Whoever has broken a file of JSON is told where. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeInJson } from '../../server/json-place.ts';

const placeOf = (text: string): string => {
  try {
    JSON.parse(text);
  } catch (cause) {
    return placeInJson(text, cause);
  }
  throw new Error('it is JSON');
};

describe('the place where a text stops being JSON', () => {
  const cases: [what: string, text: string, place: string][] = [
    ['a comma at the end of a list', '{\n  "merchants": [1,]\n}', 'line 2, column 19'],
    ['a comma at the end of an object', '{\n  "test": true,\n}', 'line 3, column 1'],
    ['a missing comma', '{\n  "merchants": []\n  "operators": []\n}', 'line 3, column 3'],
    ['a text without quotes', '{\n  "merchants": [\n    sk_live_1]}', 'line 3, column 5'],
    ['a text in other quotes', `{\n  "id": 'shop'}`, 'line 2, column 9'],
    ['a comment', '{\n  // a note\n  "merchants": []}', 'line 2, column 3'],
    ['a missing value', '{"merchants":\n}', 'line 2, column 1'],
    ['two commas', '[1,,2]', 'column 4'],
    ['a text without an end', '{"id": "shop', 'line 1'],
    ['an early end', '{"merchants": [\n', 'line 2, column 1'],
    ['nothing at all', '', 'line 1, column 1'],
  ];
  for (const [what, text, place] of cases) {
    it(`is named for ${what}`, () => {
      assert.ok(placeOf(text).includes(place), placeOf(text));
    });
  }

  it('is named without quoting the text', () => {
    assert.match(placeOf('{"key": sk_live_1}'), /^line \d+, column \d+$/);
  });

  it('is found in a long text at once', () => {
    const many = Array.from({ length: 50_000 }, (_, n) => `  "key-${n}": "${'x'.repeat(20)}"`).join(',\n');
    assert.equal(placeOf(`{\n${many},\n  "last": oops\n}`), 'line 50002, column 11');
  });
});
