/**
 * `npm run release`: builds what is published of this version into `dist/release`, and says what would be tagged. `-- --tag` makes the
 * tag; `-- --anyway` builds although something is in the way, to look at the result. `-- --cut 1.0.0` first gives the repository that
 * version, in a commit. It publishes nothing and pushes nothing: the files and the commands that do so are printed.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };
import { whyNotReleased, withVersion } from './check-release.ts';

const { values } = parseArgs({
  options: {
    tag: { type: 'boolean', default: false },
    anyway: { type: 'boolean', default: false },
    cut: { type: 'string' },
    /** Takes `dist/` as it is. */
    built: { type: 'boolean', default: false },
  },
});
const target = 'dist/release';
/** The packages whose code is compiled into what browsers load. `release.test.ts` compares it with the imports of the widget. */
const inPages = ['lit', 'lit-element', 'lit-html', '@lit/reactive-element', 'ky'];
/** What is run by hand before a release, besides `npm test`: it takes long, or needs what a machine may lack. */
const proofs = ['npm test', 'npm run test:all', 'npm run test:node22', 'npm run soak -- --minutes 30'];
const { version } = manifest;
const say = (text: string) => void process.stdout.write(`${text}\n`);
const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
const npm = (...args: string[]) =>
  execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 28 });

const today = new Date().toISOString().slice(0, 10);
/** Says what is in the way of this version. @returns whether anything is */
function isObstructed(one: { version: string; lockedVersion: string; changelog: string }): boolean {
  const obstacles = whyNotReleased({
    ...one,
    today,
    changes: git('status', '--porcelain'),
    branch: git('rev-parse', '--abbrev-ref', 'HEAD'),
    tags: git('tag', '--list').split('\n'),
  });
  for (const sentence of obstacles) say(sentence);
  return obstacles.length > 0;
}

const changelog = readFileSync('CHANGELOG.md', 'utf8');
if (values.cut !== undefined) {
  const cut = { version: values.cut, lockedVersion: values.cut, changelog: withVersion(changelog, values.cut, today) };
  if (isObstructed(cut)) process.exit(1);
  if (values.cut !== version) npm('version', values.cut, '--no-git-tag-version', '--ignore-scripts');
  writeFileSync('CHANGELOG.md', cut.changelog);
  git('commit', '--all', '--message', `Release ${values.cut}`);
  // This process has read the manifest of before.
  const { status } = spawnSync(process.execPath, [import.meta.filename, ...(values.tag ? ['--tag'] : [])], { stdio: 'inherit' });
  process.exit(status ?? 1);
}
const lockedVersion = JSON.parse(readFileSync('package-lock.json', 'utf8')).version;
const obstructed = isObstructed({ version, lockedVersion, changelog });
if (obstructed && !values.anyway) {
  say('Nothing was built. With -- --anyway it is, but not tagged.');
  process.exit(1);
}

if (!values.built) npm('run', '--silent', 'build:packages');
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const folder of readdirSync('dist/npm').sort())
  npm('pack', `./dist/npm/${folder}`, '--ignore-scripts', '--silent', '--pack-destination', target);
writeFileSync(join(target, 'sbom.cdx.json'), listComponents());
const pinned = `v${version}/pay-desk.js`;
const integrity = `sha384-${digest(join('dist/widget', pinned), 'sha384', 'base64')}`;
// Servers whose folder of builds is new need it as long as a page names it.
cpSync(join('dist/widget', pinned), join(target, `pay-desk-${version}.js`));
writeFileSync(join(target, 'integrity.json'), `${JSON.stringify([{ version, url: `/${pinned}`, integrity }], null, 2)}\n`);
const files = readdirSync(target).sort();
writeFileSync(
  join(target, 'SHA256SUMS'),
  files.map((name) => `${digest(join(target, name), 'sha256', 'hex')}  ${name}\n`).join(''),
);

say(`\n${target}:`);
for (const name of [...files, 'SHA256SUMS']) say(`  ${name}`);
say(`\nTo be green and lived through before it is tagged: ${proofs.join(', ')}.`);
if (values.tag && !obstructed) {
  git('tag', '--annotate', `v${version}`, '--message', `Pay Desk ${version}`);
  say(`\nTagged v${version}. To publish it:`);
} else say(`\nA dry run: nothing is tagged. With -- --tag it is v${version}; then, to publish it:`);
say(`  git push origin main v${version}`);
for (const name of files.filter((one) => one.endsWith('.tgz'))) say(`  npm publish ${target}/${name} --access public`);

function digest(path: string, algorithm: string, encoding: 'hex' | 'base64'): string {
  return createHash(algorithm).update(readFileSync(path)).digest(encoding);
}

interface Component {
  name: string;
  'bom-ref': string;
  properties: { name: string; value: string }[];
}

interface Needs {
  ref: string;
  dependsOn?: string[];
}

/** What the packages of this version install, with whatever that needs in turn. */
function installedWith(components: readonly Component[], needs: ReadonlyMap<string, readonly string[]>): Set<string> {
  const manifests = readdirSync('dist/npm').map((folder) => readFileSync(join('dist/npm', folder, 'package.json'), 'utf8'));
  const names = new Set(manifests.flatMap((text) => Object.keys(JSON.parse(text).dependencies ?? {})));
  const found = new Set<string>();
  const add = (ref: string): void => {
    if (found.has(ref)) return;
    found.add(ref);
    for (const one of needs.get(ref) ?? []) add(one);
  };
  for (const { name, 'bom-ref': ref } of components) if (names.has(name)) add(ref);
  return found;
}

/**
 * What the server and the packages install, and what is compiled into the pages, as CycloneDX. `npm sbom --omit dev` is of no use: it
 * leaves out every package that a development tool needs as well. Here what a package installs may be a development dependency.
 */
function listComponents(): string {
  const list = JSON.parse(npm('sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'));
  const isTool = ({ properties }: Component): boolean =>
    properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');
  const needs = new Map((list.dependencies as Needs[]).map(({ ref, dependsOn = [] }) => [ref, dependsOn]));
  const installed = installedWith(list.components, needs);
  const components = (list.components as Component[]).filter(
    (one) => inPages.includes(one.name) || installed.has(one['bom-ref']) || !isTool(one),
  );
  const published = new Set([...components, list.metadata.component].map((one) => one['bom-ref']));
  Object.assign(list.metadata.component, { name: manifest.name });
  const dependencies = (list.dependencies as Needs[])
    .filter(({ ref }) => published.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => published.has(one)) }));
  return `${JSON.stringify({ ...list, components, dependencies }, null, 2)}\n`;
}
