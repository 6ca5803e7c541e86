/** Runs PostgreSQL's own programs, `pg_dump` and `pg_restore`, without a password in the list of processes. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { CopyError } from './copy-files.ts';

const execute = promisify(execFile);

/** A dump of many gigabytes goes to a file; only lists and single values are read from standard output. */
const longestOutput = 64 * 1024 * 1024;

/**
 * @returns Its standard output.
 * @throws {CopyError} if it is missing, or with its own first complaint
 */
export async function runPostgresTool(name: 'pg_dump' | 'pg_restore', url: string | null, given: string[]): Promise<string> {
  try {
    const env = { ...process.env, ...(url && connectionVariables(url)), LC_ALL: 'C' };
    return (await execute(name, given, { env, maxBuffer: longestOutput })).stdout;
  } catch (cause) {
    const { code, stderr = '' } = Object(cause) as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') {
      throw new CopyError(`${name} is not installed: install PostgreSQL's client programs, of the server's version or newer.`);
    }
    if (/server version mismatch/.test(stderr)) {
      throw new CopyError(
        `${name} is older than the server: install PostgreSQL's client programs of the server's version or newer.`,
      );
    }
    throw new CopyError(`${name} failed${complaint(stderr)}.`);
  }
}

/** The first error line. Later lines may quote stored rows. */
function complaint(stderr: string): string {
  const line = /error: (.{1,200})/.exec(stderr)?.[1];
  return line ? `: ${line.replaceAll(/"[^"]{65,}"/g, '"…"').replace(/\.$/, '')}` : '';
}

/** The variables by which PostgreSQL's programs find the database of a URL. */
function connectionVariables(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  // Two values that only the server's own driver knows: TLS of a certificate that nobody checks, and TLS without saying how.
  const sslmode = searchParams.get('sslmode') ?? (/^(1|true)$/.test(searchParams.get('ssl') ?? '') ? 'no-verify' : '');
  const set = {
    // An address of IPv6 stands in brackets in a URL, and in no variable.
    PGHOST: searchParams.get('host') ?? decodeURIComponent(hostname).replace(/^\[(.*)\]$/, '$1'),
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    PGSSLMODE: sslmode === 'no-verify' ? 'require' : sslmode,
    PGSSLROOTCERT: searchParams.get('sslrootcert') ?? '',
    PGSSLCERT: searchParams.get('sslcert') ?? '',
    PGSSLKEY: searchParams.get('sslkey') ?? '',
  };
  return Object.fromEntries(Object.entries(set).filter(([, value]) => value !== ''));
}

/** The same server, another database. */
export function databaseAt(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(name)}`;
  return other.href;
}

export const databaseName = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1));

/** PostgreSQL cuts longer names off without a word, and so two of them could become one. In bytes. */
const longestName = 63;

/** The name of a database that belongs to another: its name and an end, or a digest of its name where that is too long. */
export function besideName(name: string, end: string): string {
  const whole = name + end;
  return Buffer.byteLength(whole) <= longestName ? whole : createHash('sha256').update(name).digest('hex').slice(0, 16) + end;
}
