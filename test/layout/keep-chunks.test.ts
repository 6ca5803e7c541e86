/** A build keeps the chunks of the one before for a week, so that pages which were opened before a deploy go on. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { build } from 'vite';
import { keepChunks } from '../../widget/build/keep-chunks.ts';

const parent = mkdtempSync(join(tmpdir(), 'pay-desk-chunks-'));
after(() => rmSync(parent, { recursive: true }));

const start = Date.parse('2026-01-01T00:00:00Z');
const onDay = (day: number) => new Date(start + day * 86_400_000);

/** Builds an entry with one chunk that says this text, as vite.config.ts builds the widget. Returns the name of the chunk. */
async function release(root: string, day: number, text: string): Promise<string> {
  writeFileSync(join(root, 'main.js'), "import('./screen.js').then(({ screen }) => console.log(screen));");
  writeFileSync(join(root, 'screen.js'), `export const screen = '${text}';`);
  const dist = join(root, 'dist');
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    plugins: [keepChunks(dist, () => onDay(day))],
    build: {
      outDir: dist,
      emptyOutDir: true,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: join(root, 'main.js'),
        output: { entryFileNames: 'v1/pay-desk.js', chunkFileNames: 'v1/chunks/[name]-[hash].js' },
      },
    },
  });
  const [chunk = assert.fail('no chunk'), ...others] = readdirSync(join(dist, 'v1/chunks'));
  assert.deepEqual(others, [], 'the chunks of a build are its own');
  return chunk;
}

const formerOf = (root: string) => {
  const folder = join(root, 'dist/former-chunks');
  return existsSync(folder) ? readdirSync(folder).sort() : [];
};

const newRoot = (name: string) => {
  const root = join(parent, name);
  mkdirSync(join(root, 'dist/v1/chunks'), { recursive: true });
  return root;
};

it('a chunk is kept for a week after it was replaced, however long ago it was built', async () => {
  const root = newRoot('weeks');
  const first = await release(root, 0, 'first');
  assert.deepEqual(formerOf(root), []);
  const second = await release(root, 30, 'second');
  assert.deepEqual(formerOf(root), [first]);
  assert.match(readFileSync(join(root, 'dist/former-chunks', first), 'utf8'), /first/);
  await release(root, 36.9, 'third');
  assert.deepEqual(formerOf(root), [first, second].sort());
  const third = await release(root, 37.1, 'fourth');
  assert.ok(!formerOf(root).includes(first));
  assert.ok(formerOf(root).includes(second));
  assert.ok(!formerOf(root).includes(third));
});

it('a build of the same sources replaces nothing, and a chunk that comes back is no former one', async () => {
  const root = newRoot('same');
  const first = await release(root, 0, 'first');
  assert.equal(await release(root, 1, 'first'), first);
  assert.deepEqual(formerOf(root), []);
  const second = await release(root, 2, 'second');
  assert.equal(await release(root, 3, 'first'), first);
  assert.deepEqual(formerOf(root), [second]);
});

it('compressed files are kept with their originals, and what is too old is not', async () => {
  const root = newRoot('planted');
  const dist = join(root, 'dist');
  for (const name of ['old.js', 'old.js.br', 'old.js.gz']) writeFileSync(join(dist, 'v1/chunks', name), name);
  mkdirSync(join(dist, 'former-chunks'));
  for (const [name, day] of [
    ['older.js', 4],
    ['oldest.js', 2],
  ] as const) {
    writeFileSync(join(dist, 'former-chunks', name), name);
    utimesSync(join(dist, 'former-chunks', name), onDay(day), onDay(day));
  }
  await release(root, 10, 'new');
  assert.deepEqual(formerOf(root), ['old.js', 'old.js.br', 'old.js.gz', 'older.js']);
});
