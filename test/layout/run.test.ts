/** `npm test` runs every test file and counts every kind of failure. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findTests } from '../run/find-tests.ts';
import { lanes } from '../run/lanes.ts';
import { removeLeftovers } from '../run/memory-folder.ts';
import { waitFor } from '../support/wait-for.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const planted = mkdtempSync(join(tmpdir(), 'pay-desk-run-'));
after(() => rmSync(planted, { recursive: true }));

function plant(name: string, text: string): string {
  const file = join(planted, 'test', name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** In a process of its own, because a test runner inside a test reports to the runner of that test. */
const runnerOf = (file: string, quietMs = 60_000): string => `
    import { runNode } from ${JSON.stringify(join(root, 'test/run/run-node.ts'))};
    const listener = { file() {}, failure() {} };
    const { passed, failed, skipped, failures, reasons } = await runNode(${JSON.stringify(planted)}, [${JSON.stringify(file)}], listener, { quietMs: ${quietMs} });
    console.log(JSON.stringify({ passed, failed, skipped, tests: failures.map(({ test }) => test), text: failures[0]?.text, reasons: [...reasons].map(([reason, files]) => [reason, ...files]) }));`;

function runNode(file: string, quietMs?: number) {
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
  const { stdout } = spawnSync(process.execPath, [plant('run.mjs', runnerOf(file, quietMs))], { env, encoding: 'utf8' });
  return JSON.parse(stdout) as {
    passed: number;
    failed: number;
    skipped: number;
    tests: string[];
    text?: string;
    reasons: string[][];
  };
}

const head = "import { before, describe, it } from 'node:test';\n";

describe('npm test', () => {
  it('puts every test file into one lane', () => {
    const plan = findTests(root);
    assert.ok(plan.length > 4);
    for (const { lane } of plan) assert.ok(lanes.includes(lane));
  });

  it('refuses a test file that belongs to no lane, and a path without a test', () => {
    plant('server/known.test.ts', '');
    assert.deepEqual(
      findTests(planted).map(({ files }) => files),
      [[join(planted, 'test/server/known.test.ts')]],
    );
    assert.throws(() => findTests(planted, [join(planted, 'test/server/missing.test.ts')]), /There is no test\/server\/missing/);
    const stray = plant('attic/lost.test.ts', '');
    assert.throws(() => findTests(planted), /belong to no lane.*attic\/lost\.test\.ts/);
    rmSync(stray);
  });

  it('counts what passes and what is skipped, also a whole group, and says why', () => {
    const skipped =
      "it('two', { skip: 'no' }, () => {}); describe('g', { skip: 'nginx is missing' }, () => it('three', () => {}));";
    const file = plant('server/a.test.ts', `${head}it('one', () => {}); ${skipped}`);
    const reasons = ['no', 'nginx is missing'].map((reason) => [reason, 'test/server/a.test.ts']);
    assert.deepEqual(runNode(file), { passed: 1, failed: 0, skipped: 2, tests: [], reasons });
  });

  for (const [how, body, test] of [
    ['a test that fails', "describe('a', () => it('b', () => { throw new Error('planted'); }));", 'a > b'],
    [
      'a group whose preparation fails',
      "describe('a', () => { before(() => { throw new Error('planted'); }); it('b', () => {}); });",
      'a',
    ],
    [
      'an error that nobody waits for',
      "it('b', () => new Promise((resolve) => setTimeout(resolve, 50))); it('c', async () => { void Promise.reject(new Error('planted')); });",
      'server/b.test.ts',
    ],
    ['a file that cannot be loaded', "it('b', () => {}); throw new Error('planted');", ''],
  ] as const)
    it(`counts ${how}, and reports which and why`, () => {
      const { failed, tests, text } = runNode(plant('server/b.test.ts', head + body));
      assert.ok(failed > 0);
      assert.ok(
        tests.some((name) => name.includes(test)),
        String(tests),
      );
      if (test) assert.match(text ?? '', /planted/);
    });

  it('ends a file that a test keeps from ending, and counts it', () => {
    const body = "it('b', () => { setInterval(() => {}, 1_000); });";
    const { passed, failed, text } = runNode(plant('server/c.test.ts', head + body), 1_000);
    assert.deepEqual([passed, failed], [1, 1]);
    assert.match(text ?? '', /did not end by itself.* The last that began: b$/);
  });

  it('ends a file whose run was killed, and what that file has started', async () => {
    const alive = new Set<Socket>();
    const server = createServer((socket) => {
      alive.add(socket.resume());
      socket.on('error', () => undefined).on('close', () => alive.delete(socket));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const stay = `require('node:net').connect(${(server.address() as AddressInfo).port}, '127.0.0.1')`;
    const body = `import { spawn } from 'node:child_process'; import { createRequire } from 'node:module';
      const require = createRequire(import.meta.url); ${stay};
      spawn(process.execPath, ['-e', ${JSON.stringify(stay)}], { stdio: 'ignore' });
      it('b', () => new Promise(() => undefined));`;
    const run = spawn(process.execPath, [plant('run.mjs', runnerOf(plant('server/e.test.ts', head + body)))], {
      env: { ...process.env, NODE_TEST_CONTEXT: undefined },
      stdio: 'ignore',
    });
    try {
      await waitFor(async () => alive.size === 2);
      run.kill('SIGKILL');
      await waitFor(async () => alive.size === 0);
    } finally {
      run.kill('SIGKILL');
      for (const socket of alive) socket.destroy();
      server.close();
    }
  });

  it('names the test that never ends', () => {
    const body = "describe('a', () => { it('b', () => {}); it('c', () => new Promise(() => setInterval(() => {}, 1_000))); });";
    const { failed, text } = runNode(plant('server/d.test.ts', head + body), 1_000);
    assert.ok(failed > 0);
    assert.match(text ?? '', /The last that began: a > c$/);
  });

  it('removes what a run left in memory that was killed, and nothing of a run that goes on', () => {
    const memory = join(planted, 'memory');
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const folders = [
      [`pay-desk-tests-${dead}-aB3xYz`, 7],
      [`pay-desk-tests-${dead}-new123`, 1],
      [`pay-desk-tests-${process.pid}-aB3xYz`, 7],
      ['pay-desk-tests-aB3xYz', 7],
      ['somebody-elses', 7],
    ] as const;
    for (const [name, hours] of folders) {
      plant(`../memory/${name}/test.db`, '');
      const changed = Date.now() / 1000 - hours * 3_600;
      utimesSync(join(memory, name), changed, changed);
    }
    removeLeftovers(memory);
    assert.deepEqual(readdirSync(memory).sort(), [`pay-desk-tests-${dead}-new123`, folders[2][0], folders[4][0]].sort());
  });
});
