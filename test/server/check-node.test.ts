/** On an older Node the process ends with an explanation, before anything is loaded that would crash. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { olderNode } from '../../server/check-node.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
// Beside the real build, so that it finds the packages it imports.
const built = join(root, `dist/check-node-${process.pid}`);

const versionOf = (node: string) => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
const oldNode = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .find((node) => existsSync(node) && olderNode(versionOf(node)));

describe('an older Node', () => {
  it('is recognised by its version, at the limit in package.json', () => {
    assert.equal(manifest.engines.node, '>=22.19');
    for (const version of ['22.19.0', '22.23.5', '23.0.0', '24.22.3', '100.0.0']) assert.equal(olderNode(version), null);
    for (const version of ['18.20.4', '20.20.2', '22.9.0', '22.18.0'])
      assert.equal(olderNode(version), `Pay Desk needs Node 22.19 or newer; this is Node ${version}.`);
  });

  it('is not held back by better-sqlite3, of which every version before 13 ends the process on Node 24 after some traffic', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules/better-sqlite3/package.json'), 'utf8'));
    for (const one of [manifest.dependencies['better-sqlite3'], version]) assert.ok(Number.parseInt(one, 10) >= 13, one);
  });

  it('is checked for first by every command that a newcomer runs', () => {
    for (const script of ['predemo', 'predev', 'pretest', 'pretest:fast', 'test:deep'])
      assert.match(manifest.scripts[script], /^node server\/check-node\.js\b/);
  });
});

describe('the bundled server', () => {
  before(() => build({ root, logLevel: 'silent', build: { ssr: true, outDir: built } }));
  after(() => rmSync(built, { recursive: true }));
  const start = (node: string) => spawnSync(node, [join(built, 'main.js')], { env: {}, encoding: 'utf8' });

  it('loads no package before the check', () => {
    const main = readFileSync(join(built, 'main.js'), 'utf8');
    // The command `pay-desk` checks it too, so the check is a chunk of its own, which comes first.
    const [first = '', chunk] = /^import "\.\/(chunks\/check-node-[^"]+)";/.exec(main) ?? [];
    const code = chunk === undefined ? main : readFileSync(join(built, chunk), 'utf8') + main.slice(first.length);
    const check = code.indexOf('Pay Desk needs Node');
    assert.ok(check > 0, 'the bundle has lost the check');
    const early = [...code.slice(0, check).matchAll(/(?:from|import)\s*\(?"([^"]+)"/g)].map(([, name = '']) => name);
    assert.deepEqual(
      early.filter((name) => !name.startsWith('node:')),
      [],
    );
    const packages = [...main.matchAll(/^import\b.*?"([^"]+)";$/gm)].map(([, name = '']) => name);
    assert.deepEqual(
      packages.filter((name) => !name.startsWith('node:') && name !== `./${chunk}`),
      [],
      'a static import is loaded before the check, wherever it stands',
    );
  });

  it('starts on this Node', () => assert.match(start(process.execPath).stderr, /^MERCHANTS_FILE: /));

  it('reports an older one', { skip: oldNode ? false : 'there is no older Node on the PATH' }, () => {
    const { status, stdout, stderr } = start(oldNode ?? '');
    assert.deepEqual([status, stdout, stderr], [1, '', `${olderNode(versionOf(oldNode ?? ''))}\n`]);
  });
});
