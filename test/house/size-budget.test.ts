/** What a customer downloads before the first code can be typed: the script tag, and the element with all it imports at once. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

/** Bytes, brotli. More than half of them are Lit and ky. */
const budget = 24_500;
const built = fileURLToPath(new URL('../../dist/widget/v1/', import.meta.url));

it(`the entry with English and the pay-code room is at most ${budget} bytes of brotli`, (test) => {
  const element = readdirSync(join(built, 'chunks')).find((name) => /^element-.*\.js$/.test(name));
  assert.ok(element, 'the widget is not built: run "npm run build:widget" first');
  const files = ['pay-desk.js', ...withImports(join('chunks', element))];
  const sizes = files.map((file) => brotliCompressSync(readFileSync(join(built, file))).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  test.diagnostic(`size: ${total} of ${budget} bytes (${files.map((file, index) => `${file} ${sizes[index]}`).join(', ')})`);
  assert.ok(total <= budget, `${total} bytes, ${total - budget} too many`);
});

it('Burmese is not in the entry: it comes when it is asked for', () => {
  const speaksBurmese = (name: string) => /[\u1000-\u103f]/.test(readFileSync(join(built, 'chunks', name), 'utf8'));
  const burmese = readdirSync(join(built, 'chunks')).filter(speaksBurmese);
  assert.ok(burmese.length > 0, 'no chunk speaks Burmese');
  for (const name of burmese) assert.doesNotMatch(name, /^element-/);
});

it('words come alone: their chunk brings no other with it', () => {
  const words = readdirSync(join(built, 'chunks')).filter((name) => /^(my|ru|uz|pl)-/.test(name));
  assert.equal(words.length, 4);
  for (const name of words) assert.deepEqual(withImports(join('chunks', name)), [join('chunks', name)]);
});

/** A chunk and every chunk it imports statically, each once. */
function withImports(file: string, seen: string[] = []): string[] {
  if (seen.includes(file)) return seen;
  seen.push(file);
  const code = readFileSync(join(built, file), 'utf8');
  for (const [, path = ''] of code.matchAll(/(?:\bfrom|\bimport)\s*["'`](\.[^"'`]+\.js)["'`]/g))
    withImports(join(dirname(file), path), seen);
  return seen;
}
