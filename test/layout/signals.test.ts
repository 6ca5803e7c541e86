/**
 * The commands of the README end by the signal of an operator, a container or a process manager: the port is closed and no
 * process is left. npm passes a signal to the shell of its script, and a shell that waits for its child ends without passing it
 * on.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withCopiedTree } from '../support/copied-tree.ts';
import { freePortBase, isOpen } from '../support/port-base.ts';
import { createServerProcesses, type ServerProcesses } from '../support/server-process.ts';
import { waitFor } from '../support/wait-for.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Whether a process of the group still lives, whatever its parent is now. */
const lives = (group: number) => {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a command of the README', () => {
  let processes: ServerProcesses;
  const started: ChildProcess[] = [];
  before(() => {
    processes = createServerProcesses({ url: 'http://127.0.0.1:9', key: 'none' });
    // Not where it exists: `npm test` builds it before, and other tests use it at the same time.
    if (!existsSync(`${root}dist/server/main.js`)) execFileSync('npm', ['run', '--silent', 'build:server'], { cwd: root });
  });
  after(() => {
    for (const { pid = 0 } of started) if (lives(pid)) process.kill(-pid, 'SIGKILL');
    processes.end();
  });

  /**
   * Starts it in a process group of its own, signals the started process only, and checks that no process of the group is left.
   */
  async function endsBy(
    signal: NodeJS.Signals,
    command: string,
    port: number,
    env: NodeJS.ProcessEnv,
    cwd = root,
  ): Promise<void> {
    const [file = '', ...args] = command.split(' ');
    const child = spawn(file, args, { cwd, env, detached: true, stdio: 'ignore' });
    started.push(child);
    const { pid } = child;
    assert.ok(pid);
    await waitFor(() => isOpen(port), 60_000);
    child.kill(signal);
    await waitFor(async () => !lives(pid), 15_000);
    assert.equal(await isOpen(port), false);
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    for (const command of ['npm start', 'node dist/server/main.js'])
      it(`${command} ends by ${signal}`, async () => {
        const port = await freePortBase();
        await endsBy(signal, command, port, processes.env({ PORT: String(port) }));
      });

  // Without the `pre` scripts, which build the widget that other tests are using.
  it('npm run demo ends by SIGTERM', async () => {
    const port = await freePortBase();
    await endsBy('SIGTERM', 'npm run demo --ignore-scripts', port, { ...process.env, PORT_BASE: String(port) });
  });

  it('npm run dev ends by SIGTERM', async () => {
    // It builds when it starts, so it has a tree of its own.
    await withCopiedTree(async (copy) => {
      const port = await freePortBase();
      await endsBy('SIGTERM', 'npm run dev --ignore-scripts', port, { ...process.env, PORT_BASE: String(port) }, copy);
    });
  });
});
