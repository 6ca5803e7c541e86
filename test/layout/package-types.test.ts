/** What frameworks and editors know of `<pay-desk>` from the installed package: it is right, and a mistake is refused. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { installPacked, linkPackages } from '../support/packed-package.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const app = (name: string) => readFileSync(new URL(`apps/${name}`, import.meta.url), 'utf8');

describe('a project that has installed pay-desk', () => {
  const project = mkdtempSync(join(tmpdir(), 'pay-desk-types-'));
  let installed: string;
  before(() => {
    installed = installPacked(project);
    linkPackages(project, ['preact', 'solid-js', 'svelte']);
  });
  after(() => rmSync(project, { recursive: true }));

  for (const [framework, file, jsx] of [
    ['Preact', 'preact.tsx', { jsx: 'react-jsx', jsxImportSource: 'preact' }],
    ['Solid', 'solid.tsx', { jsx: 'preserve', jsxImportSource: 'solid-js' }],
    ['Svelte', 'svelte.ts', {}],
  ] as const)
    it(`is checked by the compiler where it writes the element itself, in ${framework}`, () => {
      writeFileSync(join(project, file), app(file));
      const { compilerOptions } = JSON.parse(app('tsconfig.json'));
      // The declarations of these frameworks have errors of their own; ours are checked by what the file says of them.
      const options = { ...compilerOptions, jsx: undefined, ...jsx, skipLibCheck: framework === 'Svelte' };
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: [file] }));
      let output = '';
      try {
        execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.json'], {
          cwd: project,
          encoding: 'utf8',
          stdio: 'pipe',
        });
      } catch (cause) {
        output = String((cause as { stdout?: string }).stdout);
      }
      assert.equal(output, '');
    });

  it('has the attributes and their values in the format of VS Code', () => {
    const read = (name: string) => JSON.parse(readFileSync(join(installed, name), 'utf8'));
    const { version, tags } = read('vscode.html-custom-data.json') as {
      version: number;
      tags: { name: string; attributes: { name: string; values?: { name: string }[]; valueSet?: string }[] }[];
    };
    assert.deepEqual([version, tags.map(({ name }) => name)], [1.1, ['pay-desk']]);
    const attributes = tags[0]?.attributes ?? [];
    const [{ attributes: expected }] = read('custom-elements.json').modules[0].declarations;
    assert.deepEqual(
      attributes.map(({ name }) => name),
      (expected as { name: string }[]).map(({ name }) => name),
    );
    const valuesOf = (name: string) => attributes.find((one) => one.name === name)?.values?.map((value) => value.name);
    assert.deepEqual(valuesOf('theme'), ['auto', 'light', 'dark']);
    assert.deepEqual(valuesOf('method'), ['pay_code', 'wallet', 'card']);
    const bare = attributes.filter(({ valueSet }) => valueSet === 'v').map(({ name }) => name);
    assert.deepEqual(bare, ['no-submit-button', 'disabled']);
  });
});
