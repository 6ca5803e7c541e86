/** What `npm run release` lets pass, and what it makes: the packages, their hashes, and everything that is in them. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };
import { type ReleaseState, whyNotReleased, withVersion } from '../../widget/build/check-release.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(root + path);

describe('a release', () => {
  const ready: ReleaseState = {
    version: '1.0.0',
    lockedVersion: '1.0.0',
    changelog: '# Changelog\n\n## [1.0.0] - 2026-12-01\n\n### Added\n\n- All of it.\n\n## [0.2.0] - 2026-11-29\n\n- Less.\n',
    today: '2026-12-01',
    changes: '',
    branch: 'main',
    tags: ['v0.2.0'],
  };

  it('may be made where nothing is in the way', () => {
    assert.deepEqual(whyNotReleased(ready), []);
    const emptyChapter = ready.changelog.replace('## [1.0.0]', '## [Unreleased]\n\n## [1.0.0]');
    assert.deepEqual(whyNotReleased({ ...ready, changelog: emptyChapter }), []);
  });

  it('is cut from what is unreleased', () => {
    const unreleased = ready.changelog.replace('[1.0.0] - 2026-12-01', '[Unreleased]');
    assert.equal(withVersion(unreleased, '1.0.0', '2026-12-01'), ready.changelog);
    const without = '# Changelog\n\n## [0.2.0] - 2026-11-29\n\n- Less.\n';
    const changelog = withVersion(without, '1.0.0', '2026-12-01');
    assert.ok(whyNotReleased({ ...ready, changelog }).includes('CHANGELOG.md has no chapter "## [1.0.0] - 2026-12-01".'));
  });

  for (const [what, change, words] of [
    ['of something uncommitted', { changes: ' M README.md' }, 'There are changes that are not committed.'],
    ['from another branch', { branch: 'try' }, 'The branch is try, and releases are made from main.'],
    ['that exists', { tags: ['v1.0.0'] }, 'There is a tag v1.0.0 already: give package.json the next version.'],
    ['with a number that is none', { version: '1.0' }, 'package.json: 1.0 is no version such as 1.0.0.'],
    [
      'with a lockfile of another version',
      { lockedVersion: '0.2.0' },
      'package-lock.json is of 0.2.0: "npm version 1.0.0 --no-git-tag-version" changes both.',
    ],
    ['that the changelog does not know', { version: '1.1.0' }, 'CHANGELOG.md has no chapter "## [1.1.0] - 2026-12-01".'],
    ['of another day', { today: '2026-12-02' }, 'CHANGELOG.md dates 1.0.0 2026-12-01, and today is 2026-12-02.'],
    ['about which nothing is said', { changelog: '## [1.0.0] - 2026-12-01\n' }, 'CHANGELOG.md says nothing about 1.0.0.'],
    [
      'that leaves changes unreleased',
      { changelog: `## [Unreleased]\n\n- More.\n\n${ready.changelog}` },
      'CHANGELOG.md has an "Unreleased" chapter: give it the version and the date.',
    ],
  ] as const)
    it(`is not made ${what}`, () => {
      assert.ok(whyNotReleased({ ...ready, ...change }).includes(words), whyNotReleased({ ...ready, ...change }).join('\n'));
    });
});

describe('what a release publishes', () => {
  const hash = (path: string, algorithm: string) => createHash(algorithm).update(read(path));
  let said = '';
  // The run has built the packages.
  before(() => {
    said = execFileSync(process.execPath, ['widget/build/release.ts', '--anyway', '--built'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  });

  it('names what must be run before, as the instructions do, also what takes long', () => {
    const steps = read('CONTRIBUTING.md').toString().split('**A release.**')[1]?.split('\n## ')[0] ?? '';
    for (const command of ['npm test', 'npm run test:all', 'npm run test:node22', 'npm run soak -- --minutes 30']) {
      assert.ok(said.includes(command), `npm run release does not name ${command}`);
      assert.ok(steps.includes(`\`${command}\``), `CONTRIBUTING.md does not name ${command}`);
      const [, script = 'test'] = /^npm run (\S+)/.exec(command) ?? [];
      assert.ok(script in manifest.scripts, script);
    }
  });

  it('has the hash of each file, and of the pinned build as pages name it', () => {
    const sums = read('dist/release/SHA256SUMS').toString().trim().split('\n');
    assert.ok(sums.length >= 4, sums.join('\n'));
    for (const [, sum, name] of sums.map((line) => /^(\S+) {2}(\S+)$/.exec(line) ?? []))
      assert.equal(sum, hash(`dist/release/${name}`, 'sha256').digest('hex'), name);
    const url = `/v${manifest.version}/pay-desk.js`;
    assert.deepEqual(read(`dist/release/pay-desk-${manifest.version}.js`), read(`dist/widget${url}`));
    assert.deepEqual(JSON.parse(read('dist/release/integrity.json').toString()), [
      { version: manifest.version, url, integrity: `sha384-${hash(`dist/widget${url}`, 'sha384').digest('base64')}` },
    ]);
  });

  it('lists what the server installs and what the pages contain, and no tool of ours', () => {
    const { components } = JSON.parse(read('dist/release/sbom.cdx.json').toString()) as { components: { name: string }[] };
    const names = new Set(components.map(({ name }) => name));
    const packages = globSync('dist/npm/*/package.json', { cwd: root }).map((path) => JSON.parse(read(path).toString()));
    assert.ok(packages.length >= 4);
    for (const { dependencies = {} } of [manifest, ...packages])
      for (const name of Object.keys(dependencies)) assert.ok(names.has(name), `${name} is not listed`);
    // What such a package needs in turn.
    assert.ok(names.has('openapi-typescript-helpers'));
    for (const name of ['vite', 'typescript', 'puppeteer-core', '@biomejs/biome'])
      assert.ok(!names.has(name), `${name} is listed`);
    const imported = globSync('widget/**/*.ts', { cwd: root, exclude: ['**/.types/**', 'widget/build/**'] })
      .flatMap((path) => [
        ...read(path)
          .toString()
          .matchAll(/from '((?:@[\w-]+\/)?[\w-]+)(?:\/[^']+)?'/g),
      ])
      .map(([, name = '']) => name)
      // The wrappers and types are for what their own user has installed.
      .filter((name) => !['react', 'vue', 'preact', 'solid-js', 'svelte', 'pay-desk'].includes(name));
    for (const name of new Set(imported)) assert.ok(names.has(name), `${name} is imported by the widget and not listed`);
  });
});
