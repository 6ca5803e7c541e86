/** Two servers on one SQLite file: the second would take what the first is working on for left behind, so it waits. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync, symlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { scaledTimeout } from '../../support/load-factor.ts';
import { createServerProcesses, ending, listening, type ServerProcesses } from '../../support/server-process.ts';

let processes: ServerProcesses;
before(() => {
  processes = createServerProcesses({ url: 'http://127.0.0.1:9', key: 'none' });
});
after(() => processes.end());

const json = { 'content-type': 'application/json' };
async function create(address: string): Promise<number> {
  const { status } = await fetch(`${address}/v1/payments`, {
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${processes.apiKey}`, 'idempotency-key': 'one' },
    body: JSON.stringify({ amount: 2500, currency: 'PLN', orderId: 'o-1', label: 'c' }),
  });
  return status;
}

/** Starts a server that has to wait for `holder`, and resolves when it has said so. */
async function waiting(database: Record<string, string>, holder: ChildProcess): Promise<ChildProcess> {
  const second = processes.run({ ...database, DATABASE_WAIT_SECONDS: '60' });
  assert.ok(second.stdout);
  let output = '';
  while (!output.includes(`waiting until process ${holder.pid} on ${hostname()} no longer uses the database`)) {
    const [chunk] = await once(second.stdout, 'data');
    output += chunk;
    assert.doesNotMatch(output, /Server listening/);
  }
  return second;
}

describe('a second server on the same SQLite file', () => {
  it('waits as long as it may, then says which process uses it, and leaves that one alone', { timeout: 120_000 }, async () => {
    const path = join(processes.folder, 'named.db');
    const DATABASE_URL = `sqlite:${path}`;
    const first = processes.run({ DATABASE_URL });
    const address = await listening(first);
    symlinkSync(path, join(processes.folder, 'other-name.db'));
    for (const url of [DATABASE_URL, `sqlite:${join(processes.folder, 'other-name.db')}`]) {
      const began = performance.now();
      const { code, stderr } = await ending(processes.run({ DATABASE_URL: url, DATABASE_WAIT_SECONDS: '1' }));
      const holder = `process ${first.pid} on ${hostname()}`;
      assert.deepEqual(
        [code, stderr],
        [
          1,
          `DATABASE_URL: ${holder} uses this database; only one server may use an SQLite file: stop that one, or move to PostgreSQL.\n`,
        ],
      );
      assert.ok(performance.now() - began >= 500, 'it did not wait');
    }
    assert.equal(await create(address), 201);
    assert.equal(statSync(`${path}.lock`).mode & 0o777, 0o600);
  });

  it('starts at once when the first has been killed', async () => {
    const database = { DATABASE_URL: `sqlite:${join(processes.folder, 'killed.db')}` };
    const first = processes.run(database);
    assert.equal(await create(await listening(first)), 201);
    const second = await waiting(database, first);
    const listens = listening(second);
    first.kill('SIGKILL');
    const began = performance.now();
    // The same request: its payment is there, and nothing holds its key.
    assert.equal(await create(await listens), 201);
    assert.ok(performance.now() - began < scaledTimeout(4_000), `${performance.now() - began} ms`);
  });

  it('starts when the first has stopped, as in a restart that starts the new process before the old one has ended', async () => {
    const path = join(processes.folder, 'stopped.db');
    const database = { DATABASE_URL: `sqlite:${path}` };
    const first = processes.run(database);
    assert.equal(await create(await listening(first)), 201);
    const second = await waiting(database, first);
    const listens = listening(second);
    first.kill('SIGTERM');
    assert.equal(await create(await listens), 201);
    const ended = ending(second);
    second.kill('SIGTERM');
    assert.equal((await ended).code, 0);
    assert.equal(existsSync(`${path}.holder`), false, 'a server that has stopped still has its name there');
  });

  it('stops on a signal while it waits', async () => {
    const database = { DATABASE_URL: `sqlite:${join(processes.folder, 'impatient.db')}` };
    const first = processes.run(database);
    await listening(first);
    const second = await waiting(database, first);
    const ended = ending(second);
    second.kill('SIGTERM');
    assert.equal((await ended).code, 0);
  });
});

describe('a command on the SQLite file of a running server', () => {
  it('opens it beside the server', async () => {
    const database = { DATABASE_URL: `sqlite:${join(processes.folder, 'command.db')}` };
    await listening(processes.run(database));
    const backup = join(processes.folder, 'command.backup');
    const command = processes.run(database, ['server/operate/cli/pay-desk.ts', 'db', 'backup', backup]);
    assert.equal((await ending(command)).code, 0);
    assert.ok(existsSync(backup));
  });
});
