/** What we install and what we build can be checked by anybody: exact versions, known contents, and the same bytes from the same source. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withCopiedTree } from '../support/copied-tree.ts';
import { scaledTimeout } from '../support/load-factor.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const json = <T>(path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as T;

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
}

describe('the packages', () => {
  const { packages } = json<{ packages: Record<string, Locked> }>('package-lock.json');
  const installed = Object.entries(packages).filter(([path]) => path !== '');

  it('are each locked by version and by the SHA-512 of their contents', () => {
    assert.ok(installed.length > 100);
    for (const [path, { version, integrity }] of installed) {
      assert.match(version ?? '', /^\d+\.\d+\.\d+/, path);
      assert.match(integrity ?? '', /^sha512-[\w+/]{86}==$/, path);
    }
  });

  it('come from the registry: none from a git repository, a folder, or an address of its own', () => {
    for (const [path, { resolved = 'https://registry.npmjs.org/', link }] of installed) {
      assert.ok(!link, path);
      assert.equal(new URL(resolved).origin, 'https://registry.npmjs.org', path);
    }
  });

  it('that we name have exact versions, and none may run a script when it is installed', () => {
    const { dependencies, devDependencies, optionalDependencies, allowScripts } =
      json<Record<string, Record<string, unknown>>>('package.json');
    const named = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
    for (const [name, version] of named) assert.match(String(version), /^\d+\.\d+\.\d+$/, name);
    for (const [name, allowed] of Object.entries(allowScripts ?? {})) assert.equal(allowed, false, name);
  });
});

describe('a build', () => {
  it(
    'is the same, byte by byte, in another folder, and keeps the chunks of the one before',
    { timeout: scaledTimeout(300_000) },
    () =>
      withCopiedTree((copy) => {
        const widget = join(copy, 'dist/widget');
        mkdirSync(join(widget, 'v1/chunks'), { recursive: true });
        writeFileSync(join(widget, 'v1/chunks/replaced-0000.js'), '');
        execFileSync(join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'error'], { cwd: copy, stdio: 'pipe' });
        assert.ok(existsSync(join(widget, 'former-chunks/replaced-0000.js')));
        const files = (folder: string) =>
          globSync('dist/{widget,esm,operate}/**/*', { cwd: folder, withFileTypes: true })
            // The types are the compiler's, which this copy has not run. Former chunks are of earlier builds.
            .filter((entry) => entry.isFile() && !entry.name.endsWith('.d.ts') && !entry.parentPath.endsWith('former-chunks'))
            .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replace(/^\//, ''))
            .sort();
        const built = files(copy);
        assert.ok(built.length > 50);
        const here = new Set(files(root));
        assert.deepEqual(
          built.filter((path) => !here.has(path)),
          [],
        );
        for (const path of built)
          assert.ok(readFileSync(join(copy, path)).equals(readFileSync(join(root, path))), `${path} differs`);
      }),
  );
});
