/** What npm gives a consumer of each package: modules and types that work, and nothing else of the repository. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkPackage, createPackageFromTarballData, type Problem } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { build } from 'vite';
import { installPacked, type PackageFolder, pack, packageNames } from '../support/packed-package.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const consumer = mkdtempSync(join(tmpdir(), 'pay-desk-consumer-'));
const installed = join(consumer, 'node_modules/pay-desk');

/** A page's own script, as somebody would write it who does not know this repository. */
const page = `
import 'pay-desk';
import type { PaymentView } from 'pay-desk';
import { PaySuccessEvent } from 'pay-desk';
import { loadPayDesk } from 'pay-desk/loader';

const checkout = document.createElement('pay-desk');
checkout.clientSecret = 'cs_1';
checkout.theme = 'dark';
// @ts-expect-error there is no such theme
checkout.theme = 'pink';
const view: PaymentView | null = checkout.view;
// @ts-expect-error the view is read-only
checkout.view = null;
const text: string = checkout.title + (view?.currency ?? '');
checkout.addEventListener('pay-success', (event) => {
  const sum: number = event.amountPaid;
  // @ts-expect-error a sum is no text
  const wrong: string = event.amountPaid;
  console.log(sum, wrong, event instanceof PaySuccessEvent, text);
});
checkout.submit().then(({ sent }) => console.log(sent satisfies boolean));
loadPayDesk({ src: 'https://pay.example/v1/pay-desk.js' }).then(async (payDesk) => {
  const result = await payDesk?.open({ pluginUrl: 'https://pay.example/plugin/', translations: { my: { pay: '' } } });
  const back: string | null | undefined = result?.returnUrl;
  // @ts-expect-error there is no such option
  payDesk?.mount('#pay', { amount: 5, back });
});
`;

describe('the npm package', () => {
  before(() => {
    installPacked(consumer);
    writeFileSync(join(consumer, 'page.ts'), page);
  });
  after(() => rmSync(consumer, { recursive: true }));

  it('contains modules, types and the element’s manifest for editors; no source or test, and nothing to install with it', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
    const unexpected = files.filter(
      (name) =>
        !/^(package\.json|README\.md|custom-elements\.json|vscode\.html-custom-data\.json|[\w/.-]+\.(js|d\.ts))$/.test(name),
    );
    assert.deepEqual(unexpected, []);
    assert.ok(existsSync(join(installed, 'LICENSE')));
    assert.equal(manifestOf(installed).dependencies, undefined);
  });

  it('refers to no file that it does not contain', () => {
    const { modules } = JSON.parse(readFileSync(join(installed, 'custom-elements.json'), 'utf8')) as {
      modules: { path: string }[];
    };
    const { exports, customElements } = manifestOf(installed);
    const named = [
      customElements,
      ...Object.values(exports).flatMap((target) => (typeof target === 'string' ? target : Object.values(target))),
      ...modules.map(({ path }) => path),
    ];
    assert.ok(named.length > 5);
    assert.deepEqual(
      named.filter((name) => !existsSync(join(installed, name))),
      [],
    );
  });

  for (const [module, resolution] of [
    ['esnext', 'bundler'],
    ['node16', 'node16'],
  ] as const) {
    it(`has types that compile for a consumer with --moduleResolution ${resolution} and without Lit`, () => {
      const options = [
        '--noEmit',
        '--strict',
        '--skipLibCheck',
        'false',
        '--target',
        'es2022',
        '--lib',
        'es2023,dom,dom.iterable',
        '--types',
        '',
      ];
      const tsc = [...options, '--module', module, '--moduleResolution', resolution, 'page.ts'];
      let output = '';
      try {
        execFileSync(join(root, 'node_modules/.bin/tsc'), tsc, { cwd: consumer, encoding: 'utf8', stdio: 'pipe' });
      } catch (cause) {
        output = String((cause as { stdout?: string }).stdout);
      }
      assert.equal(output, '');
    });
  }

  it('still defines the element in a bundle that only imports it for its side effect', async () => {
    writeFileSync(join(consumer, 'bare.js'), "import 'pay-desk';\n");
    const built = await build({
      root: consumer,
      configFile: false,
      logLevel: 'silent',
      build: { write: false, rolldownOptions: { input: join(consumer, 'bare.js') } },
    });
    assert.match(JSON.stringify(built), /customElements/);
  });

  it('can be imported by Node, which has no document', () => {
    const script = `
      const [{ PayDesk }, { loadPayDesk }] = await Promise.all([import('pay-desk'), import('pay-desk/loader')]);
      console.log(typeof PayDesk, await loadPayDesk(), typeof document);`;
    const node = ['--input-type=module', '-e', script];
    const output = execFileSync(process.execPath, node, { cwd: consumer, encoding: 'utf8' });
    assert.equal(output.trim(), 'function null undefined');
  });
});

describe('the package of the command', () => {
  const project = mkdtempSync(join(tmpdir(), 'pay-desk-command-'));
  after(() => rmSync(project, { recursive: true }));

  it('runs with the dependencies that it names', () => {
    const command = join(installPacked(project, 'cli'), 'pay-desk.js');
    const run = (...args: string[]) => execFileSync(process.execPath, [command, ...args], { encoding: 'utf8', stdio: 'pipe' });
    assert.match(run('keys', 'new', '--kind', 'webhook'), /^whsec_/);
    assert.equal(run('--version').trim(), manifestOf(root).version);
  });
});

describe('every package', () => {
  const tarballs = mkdtempSync(join(tmpdir(), 'pay-desk-tarballs-'));
  after(() => rmSync(tarballs, { recursive: true }));

  for (const [folder, name] of Object.entries(packageNames)) {
    it(`${name} is what publint and "are the types wrong?" expect`, async () => {
      const buffer = readFileSync(pack(tarballs, folder as PackageFolder));
      const tarball = buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);
      const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
      assert.deepEqual(
        messages.map((message) => formatMessage(message, pkg)),
        [],
      );
      const types = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
      // Modules only, as every package of ours is: Node has been able to `require` them since 22.12, and older resolution that knows
      // no `exports` finds no part of a package.
      const allowed = ({ kind, ...where }: Problem) =>
        kind === 'CJSResolvesToESM' ||
        (kind === 'NoResolution' && 'resolutionKind' in where && where.resolutionKind === 'node10');
      if (types.types)
        assert.deepEqual(
          types.problems.filter((problem) => !allowed(problem)),
          [],
        );
    });
  }
});

interface Manifest {
  version: string;
  exports: Record<string, string | Record<string, string>>;
  customElements: string;
  dependencies?: Record<string, string>;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
