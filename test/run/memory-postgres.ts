/**
 * Gives the tests a PostgreSQL of their own in memory where its programs are installed. Nearly every test creates a database and
 * drops it, and a server on a disk writes both through to it: a test that takes 0.4 seconds on SQLite took 2.3.
 */
import { execFileSync, spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import pg from 'pg';
import { freePorts } from '../../demo/start-demo.ts';
import { answers, asPostgres, folderOf, whyNoTool } from '../support/postgres-tools.ts';
import { waitFor } from '../support/wait-for.ts';
import { isInMemory } from './memory-folder.ts';

/** No test cuts the power. Autovacuum would visit hundreds of databases that live for a second. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: 300,
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
};

/** Debian keeps what starts a server out of the usual path. */
const debianFolders = '/usr/lib/postgresql/*/bin';

/** The server ends when this shell's input does, so it does not outlive a run that is killed. */
const untilInputEnds = 'postgres "$@" >"$0" 2>&1 & read -r _; kill -QUIT $!; wait';

/**
 * Starts the server and names it to the tests, until this process ends. Does nothing where its programs or
 * the memory are missing: the tests then use the server of the machine.
 */
export async function useMemoryPostgres(): Promise<void> {
  if (!isInMemory()) return;
  const [newest] = globSync(debianFolders).sort((one, other) => versionOf(other) - versionOf(one));
  if (newest && whyNoTool('initdb')) process.env.PATH += delimiter + newest;
  if (whyNoTool('initdb') || whyNoTool('postgres')) return;
  const data = folderOf('postgres');
  const run = (...command: string[]) => execFileSync(...asPostgres(command), { stdio: 'ignore', cwd: '/' });
  run('initdb', '-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--no-sync');
  const [port] = await freePorts(1);
  const options = Object.entries({ ...settings, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [program, given] = asPostgres(['sh', '-c', untilInputEnds, join(data, 'log'), '-D', data, ...options]);
  const shell = spawn(program, given, { stdio: ['pipe', 'ignore', 'ignore'], cwd: '/', detached: true });
  // Before the folder is removed.
  process.prependListener('exit', () => run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop'));
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await waitFor(() => answers(url));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('create database test');
  await client.end();
  shell.unref();
  (shell.stdin as unknown as { unref?(): void }).unref?.();
  process.env.TEST_POSTGRES_URL = url.replace(/postgres$/, 'test');
}

const versionOf = (folder: string) => Number(/\d+/.exec(folder)?.[0] ?? 0);
