/** What `npm pack` gives a consumer: modules and types that work, and nothing else of the repository. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { installPacked } from '../support/packed-package.ts';

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

  it('contains modules, types, the element’s manifest for editors and the built server with its command; no source or test', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
    const unexpected = files.filter(
      (name) =>
        !/^(package\.json|README\.md|widget\/custom-elements\.json|dist\/esm\/.*\.(js|d\.ts)|dist\/server\/.*\.js)$/.test(name),
    );
    assert.deepEqual(unexpected, []);
    assert.ok(files.includes('dist/esm/pay-desk.d.ts'), 'the types are not built: run "npm run build" first');
  });

  it('refers to no file that it does not contain', () => {
    const read = (name: string) => JSON.parse(readFileSync(join(installed, name), 'utf8'));
    const manifest = read('package.json');
    const { modules } = read(manifest.customElements) as { modules: { path: string }[] };
    const named = [
      manifest.customElements,
      ...Object.values<string>(manifest.bin),
      ...Object.values<Record<string, string>>(manifest.exports).flatMap((conditions) => Object.values(conditions)),
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
      const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2023,dom,dom.iterable', '--types', ''];
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

  it('has the command pay-desk', () => {
    symlinkSync(join(root, 'node_modules/commander'), join(consumer, 'node_modules/commander'));
    const command = [join(installed, 'dist/server/pay-desk.js'), 'keys', 'new', '--kind', 'webhook'];
    assert.match(execFileSync(process.execPath, command, { encoding: 'utf8', stdio: 'pipe' }), /^whsec_/);
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
