/** `npm test` as a process, over a small repository of its own: how it ends, and what its last lines say. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const planted = mkdtempSync(join(tmpdir(), 'pay-desk-whole-run-'));
after(() => rmSync(planted, { recursive: true }));

function plant(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(planted, path)), { recursive: true });
  writeFileSync(join(planted, path), text, { mode });
}

for (const path of ['test/run.ts', 'test/run', 'test/support/load-factor.ts', 'test/support/find-chromium.ts'])
  cpSync(join(root, path), join(planted, path), { recursive: true });
plant('package.json', '{ "type": "module" }');
/** Stand-ins of the tools that check and build the whole repository. */
for (const tool of ['biome', 'tsc', 'vite']) plant(`node_modules/.bin/${tool}`, '#!/bin/sh\nexit 0\n', 0o755);
plant('widget/build/build-packages.ts', '');

const head = "import { describe, it } from 'node:test';\n";
const passes = `${head}describe('a', () => it('passes', () => {}));`;

function run(...args: string[]) {
  // The small repository has no database, and needs none to be started.
  const env = { TEST_POSTGRES_URL: 'postgres://127.0.0.1:1/none', ...process.env, NODE_TEST_CONTEXT: undefined };
  const { status, stdout } = spawnSync(process.execPath, ['test/run.ts', ...args], { cwd: planted, env, encoding: 'utf8' });
  return { status, stdout, end: stdout.slice(stdout.indexOf('\n\n', stdout.lastIndexOf('min\n'))).trim() };
}

describe('a whole run', () => {
  it('that is green ends with 0, says so in its last line, and names what was skipped and why', () => {
    plant('test/server/good.test.ts', passes);
    plant('test/golden/good.test.ts', `${head}describe('b', { skip: 'nginx is not installed here' }, () => it('c', () => {}));`);
    const { status, stdout, end } = run();
    assert.equal(status, 0, stdout);
    assert.equal(end, 'Skipped:\n  ○ nginx is not installed here: test/golden/good.test.ts\n\n6 passed, 0 failed, 1 skipped');
    assert.doesNotMatch(stdout, /✖/);
    rmSync(join(planted, 'test/golden'), { recursive: true });
  });

  it('with a failing test ends with 1, and names it and its error at the very end, whatever ran after it', () => {
    plant('test/server/bad.test.ts', `${head}describe('a', () => it('fails', () => { throw new Error('planted'); }));`);
    plant('test/golden/later.test.ts', passes.replace('() => {}', '() => new Promise((done) => setTimeout(done, 1_500))'));
    const { status, stdout, end } = run();
    assert.equal(status, 1, stdout);
    assert.equal(end, 'Failed:\n  ✖ test/server/bad.test.ts: a > fails\n      Error: planted\n\n7 passed, 1 failed');
    // The same with only that file, and with one file that passes.
    const alone = run('test/server/bad.test.ts');
    assert.deepEqual([alone.status, alone.end.split('\n').at(-1)], [1, '4 passed, 1 failed'], alone.stdout);
    assert.equal(run('test/server/good.test.ts').status, 0);
    rmSync(join(planted, 'test/server/bad.test.ts'));
  });

  it('with a failing check, a file that cannot be loaded, or a path without a test ends with 1 and names it', () => {
    plant('node_modules/.bin/biome', '#!/bin/sh\necho planted complaint\nexit 1\n', 0o755);
    plant('test/server/broken.test.ts', "import './missing.ts';");
    const { status, end } = run();
    assert.equal(status, 1);
    assert.match(end, /^Failed:\n {2}✖ node_modules\/\.bin\/biome: format, lint, no cycles\n {6}planted complaint\n/);
    assert.match(
      end,
      /✖ test\/server\/broken\.test\.ts: .*\n {6}Error \[ERR_MODULE_NOT_FOUND\]: Cannot find module .*missing\.ts/,
    );
    assert.match(end, /\d+ passed, 2 failed$/);
    const nothing = run('test/server/none.test.ts');
    assert.equal(nothing.status, 1);
    assert.match(
      nothing.stdout,
      /Failed:\n {2}✖ test\/run\.ts: the run\n {6}There is no test\/server\/none\.test\.ts\.\n\n0 passed, 1 failed\n$/,
    );
  });
});
