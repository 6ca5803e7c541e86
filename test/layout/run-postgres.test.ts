/** The PostgreSQL that a run keeps in memory for its tests: it answers, and it ends with the run, however that ends. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, it } from 'node:test';
import { answers, whyNoTool } from '../support/postgres-tools.ts';
import { waitFor } from '../support/wait-for.ts';

const module = (name: string) => JSON.stringify(new URL(`../run/${name}.ts`, import.meta.url).href);
/** Ends by itself once it is asked to. */
const run = `
  const { useMemoryFolder } = await import(${module('memory-folder')});
  const { useMemoryPostgres } = await import(${module('memory-postgres')});
  useMemoryFolder();
  await useMemoryPostgres();
  process.stdout.write(JSON.stringify([process.env.TEST_POSTGRES_URL, process.env.TMPDIR]));
  process.stdin.once('data', () => process.exit());`;

async function start(): Promise<{ child: ChildProcess; url: string; folder: string }> {
  const env = { ...process.env, TEST_POSTGRES_URL: '', TMPDIR: '/tmp', NODE_TEST_CONTEXT: undefined };
  const child = spawn(process.execPath, ['--input-type=module', '-e', run], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const [text] = await once(child.stdout as NodeJS.ReadableStream, 'data');
  const [url, folder] = JSON.parse(String(text));
  return { child, url, folder };
}

const skip = tmpdir().startsWith('/dev/shm/') ? whyNoTool('initdb') : 'there is no room for databases in memory here';

describe('the PostgreSQL of a run', { skip }, () => {
  it('answers, and is gone with its files once the run has ended', async () => {
    const { child, url, folder } = await start();
    assert.equal(await answers(url), true);
    child.stdin?.write('end');
    await once(child, 'exit');
    assert.deepEqual([await answers(url), existsSync(folder)], [false, false]);
  });

  it('ends when the run is killed', async () => {
    const { child, url } = await start();
    assert.equal(await answers(url), true);
    child.kill('SIGKILL');
    await waitFor(async () => !(await answers(url)));
  });
});
