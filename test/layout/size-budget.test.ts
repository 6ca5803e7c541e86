/**
 * How many bytes a customer downloads, measured as a real BFF answers a browser that accepts brotli or gzip. A test that
 * compressed the files itself stayed green while the server sent three times as much.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { languageCodes } from '#contract';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { loadServed } from '../support/served-bytes.ts';

/**
 * Bytes of brotli before the first code can be typed. More than half of them are Lit and ky; finding the code in a pasted SMS takes 350,
 * writing from right to left, in tall scripts and with the signs of currencies 500; the list of methods with its icons and wallets, and
 * the paste button, 1,900; keeping the chosen language over a reload, 130; saying what is
 * wrong with a client secret, 130; reading the payment before the element has arrived, which saves a slow network a round trip, 230; trying a chunk again at another address, 40; what keeps
 * a customer from paying twice where the later screens did not load, 90. Names of chunks, which change, compress to 40 more or less.
 */
const budget = 28_950;
/**
 * Bytes of brotli: the page, its style sheets and scripts, and the element. What a frame needs to talk to the page around it
 * comes later.
 */
const windowBudget = 31_100;
const built = fileURLToPath(new URL('../../dist/widget/v1/', import.meta.url));

let demo: Demo;
before(async () => {
  demo = await startDemo({ portBase: 0 });
});
after(() => demo.close());

const load = (encoding: 'br' | 'gzip', path: string, seen?: Map<string, number>) =>
  loadServed(demo.urls.bff, encoding, path, seen);

const summaryOf = (sizes: Map<string, number>): [total: number, parts: string] => [
  [...sizes.values()].reduce((sum, size) => sum + size, 0),
  [...sizes].map(([path, size]) => `${path.replace(/\?.*/, '')} ${size}`).join(', '),
];

it(`the entry with English and the pay code form is at most ${budget} bytes on the wire`, async (test) => {
  const element = scripts().find((name) => name.startsWith('element-'));
  assert.ok(element, 'the widget is not built: run "npm run build:widget" first');
  for (const encoding of ['gzip', 'br'] as const) {
    const [total, parts] = summaryOf(await load(encoding, `/v1/chunks/${element}`, await load(encoding, '/v1/pay-desk.js')));
    test.diagnostic(`size: ${total} bytes of ${encoding} (${parts})`);
    if (encoding === 'br') assert.ok(total <= budget, `${total} bytes, ${total - budget} too many`);
  }
});

it(`the plugin window is at most ${windowBudget} bytes on the wire`, async (test) => {
  for (const encoding of ['gzip', 'br'] as const) {
    const [total, parts] = summaryOf(await load(encoding, '/plugin/?merchant=demo'));
    test.diagnostic(`size: ${total} bytes of ${encoding} (${parts})`);
    assert.match(parts, /element-/, 'it lost its way to the element');
    if (encoding === 'br') assert.ok(total <= windowBudget, `${total} bytes, ${total - windowBudget} too many`);
  }
});

it('the console is at most 60,000 bytes on the wire', (test) => {
  const folder = fileURLToPath(new URL('../../dist/operate/assets/', import.meta.url));
  const served = readdirSync(folder).filter((name) => name.endsWith('.br'));
  const total = served.reduce((sum, name) => sum + readFileSync(join(folder, name)).length, 0);
  test.diagnostic(`size: ${total} bytes of br (${served.join(', ')})`);
  assert.match(served.join(), /\.js\.br/, 'the console is not built: run "npm run build:widget" first');
  assert.ok(total <= 60_000, `${total} bytes`);
});

/** The chunks without their compressed copies. */
const scripts = () => readdirSync(join(built, 'chunks')).filter((name) => name.endsWith('.js'));

it('Burmese is not in the entry: it is fetched when it is needed', () => {
  // A word of it: a single letter also stands in what reads digits.
  const isBurmese = (name: string) => /[\u1000-\u103f]{4}/.test(readFileSync(join(built, 'chunks', name), 'utf8'));
  const burmese = scripts().filter(isBurmese);
  assert.ok(burmese.length > 0, 'no chunk is Burmese');
  for (const name of burmese) assert.doesNotMatch(name, /^element-/);
});

it('the chunk of a language imports no other chunk', () => {
  const others = languageCodes.filter((code) => code !== 'en');
  const packs = scripts().filter((name) =>
    others.some((code) => name.startsWith(`${code}-`) && name.length === `${code}-12345678.js`.length),
  );
  assert.equal(packs.length, others.length);
  for (const name of packs) assert.deepEqual(withImports(join('chunks', name)), [join('chunks', name)]);
});

it('the chunk that opens the plugin window does not import the element', () => {
  const window = scripts().find((name) => name.startsWith('window-'));
  assert.ok(window);
  assert.deepEqual(
    withImports(join('chunks', window)).filter((name) => name.includes('element-')),
    [],
  );
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
