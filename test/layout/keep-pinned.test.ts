/** A build keeps the pinned builds of other releases, because pages name them by their hash. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { build } from 'vite';
import { keepPinned } from '../../widget/build/keep-pinned.ts';

const root = mkdtempSync(join(tmpdir(), 'pay-desk-pinned-'));
after(() => rmSync(root, { recursive: true }));

it('the builds of other releases stay as they are; that of this version, and all else, is made anew', async () => {
  const dist = join(root, 'dist');
  for (const [folder, file] of [
    ['v0.9.0', 'pay-desk.js'],
    ['v0.9.0', 'pay-desk.js.br'],
    ['v1.0.0', 'pay-desk.js'],
    ['v1', 'old.js'],
  ] as const) {
    mkdirSync(join(dist, folder), { recursive: true });
    writeFileSync(join(dist, folder, file), `${folder} ${file}`);
  }
  writeFileSync(join(root, 'main.js'), 'console.log(1);');
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    plugins: [keepPinned(dist, '1.0.0')],
    build: { outDir: dist, emptyOutDir: true, rolldownOptions: { input: join(root, 'main.js') } },
  });
  assert.deepEqual(readdirSync(join(dist, 'v0.9.0')).sort(), ['pay-desk.js', 'pay-desk.js.br']);
  assert.equal(readFileSync(join(dist, 'v0.9.0/pay-desk.js'), 'utf8'), 'v0.9.0 pay-desk.js');
  assert.deepEqual(readdirSync(dist).sort(), ['assets', 'v0.9.0']);
});
