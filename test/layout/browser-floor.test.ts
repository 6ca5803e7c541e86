/**
 * What old browsers cannot parse is in no built file, because there a whole chunk would not load, and no test in a browser of today
 * notices. What they lack is used only behind a test. Static blocks of classes are not on the list, though Safari has them only since 16.4:
 * the compiler makes them of static fields, so older ones show the `fallback`.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../../dist/widget/', import.meta.url));
const files = readdirSync(built, { recursive: true, encoding: 'utf8' }).filter((name) => /^(?!former-chunks).*\.js$/.test(name));

/** As it is found in minified code; since when Chrome and Safari have it. */
const tooNew: Readonly<Record<string, RegExp>> = {
  'a lookbehind in a regular expression (Safari 16.4)': /\(\?<[=!]/,
  'the flag v of a regular expression (Chrome 112, Safari 17)': /\/[gimsuy]*v[gimsuy]*\.(?:test|exec)\(/,
  'AbortSignal.timeout (Safari 16)': /AbortSignal\.timeout\b/,
  'attachInternals without a test (Safari 16.4)': /\.attachInternals\(/,
  'a method that copies an array (Chrome 110, Safari 16)': /\.(?:toSorted|toReversed|toSpliced)\(/,
  'Promise.withResolvers (Chrome 119, Safari 17.4)': /\.withResolvers\(/,
  'URL.canParse (Chrome 120, Safari 17)': /\bcanParse\b/,
  'Object.groupBy (Chrome 117, Safari 17.4)': /\bgroupBy\(/,
  'checkVisibility (Safari 17.4)': /\.checkVisibility\(/,
};

describe('a built file for browsers', () => {
  it('is there', () => assert.ok(files.length > 10, 'run "npm run build:widget" first'));

  for (const [what, pattern] of Object.entries(tooNew))
    it(`has no ${what}`, () => {
      const found = files.filter((name) => pattern.test(readFileSync(join(built, name), 'utf8')));
      assert.deepEqual(found, []);
    });

  it('gives a variable a value by color-mix only where the browser has it (Chrome 111, Safari 16.2)', () => {
    // A variable takes any text as its value, so what uses it would have none at all.
    for (const name of files)
      for (const { index } of readFileSync(join(built, name), 'utf8').matchAll(/--[\w-]+: ?color-mix\(/g)) {
        const before = readFileSync(join(built, name), 'utf8').slice(Math.max(0, index - 200), index);
        assert.match(before, /@supports ?\(color: ?color-mix\(/, name);
      }
  });
});
