/** PostgreSQL and PgBouncer as processes of a test. They refuse to run as root, so they run as another user. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePorts } from '../../demo/start-demo.ts';
import { waitFor } from './wait-for.ts';
import { whyNoProgram } from './why-no-program.ts';

const isRoot = process.getuid?.() === 0;
export const asPostgres = (command: string[]): [string, string[]] =>
  isRoot ? ['runuser', ['-u', 'postgres', '--', ...command]] : [command[0] ?? '', command.slice(1)];

/** Why this program cannot be used here; false where it can. */
export function whyNoTool(name: string): string | false {
  const [program, given] = asPostgres([name, '--version']);
  return whyNoProgram(program, ...given) && `${name} is not installed here`;
}

/** Creates a folder to which the programs can write. */
export function folderOf(what: string): string {
  const folder = mkdtempSync(join(tmpdir(), `pay-desk-${what}-`));
  if (isRoot) {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    chownSync(folder, id('-u'), id('-g'));
  }
  return folder;
}

export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Starts a PostgreSQL that the test can stop. */
export async function createCluster() {
  const folder = folderOf('cluster');
  const [port] = await freePorts(1);
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const run = (command: string[]) => {
    const [program, given] = asPostgres(command);
    execFileSync(program, given, { stdio: 'ignore', cwd: '/' });
  };
  run(['initdb', '-D', folder, '-A', 'trust', '-U', 'postgres', '--no-sync']);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
  const start = () => run(['pg_ctl', '-D', folder, '-o', options, '-l', join(folder, 'log'), '-w', 'start']);
  /** `fast` closes all connections properly, `immediate` is like a crash. */
  const stop = (mode: 'fast' | 'immediate') => run(['pg_ctl', '-D', folder, '-m', mode, '-w', 'stop']);
  start();
  await waitFor(() => answers(url));
  return {
    url,
    start,
    stop,
    end() {
      stop('immediate');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts PgBouncer in transaction mode before a database. */
export async function createPooler(databaseUrl: string) {
  const { hostname, port, pathname } = new URL(databaseUrl);
  const folder = folderOf('pooler');
  const [own] = await freePorts(1);
  const name = pathname.slice(1);
  const config = join(folder, 'pgbouncer.ini');
  writeFileSync(
    config,
    `[databases]
${name} = host=${hostname} port=${port || 5432} dbname=${name} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 3
`,
    { mode: 0o644 },
  );
  const [program, given] = asPostgres(['pgbouncer', config]);
  const child: ChildProcess = spawn(program, given, { stdio: 'ignore', cwd: '/' });
  const url = `postgres://postgres@127.0.0.1:${own}/${name}`;
  await waitFor(() => answers(url));
  return {
    url,
    end() {
      child.kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
