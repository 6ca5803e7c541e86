/** Reads the configuration from the environment; nothing else reads it. A wrong variable stops the start with one sentence. */
import { createHash } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import { join } from 'node:path';
import * as z from 'zod';
import { ConfigError, formatConfigIssue, isSafeUrl } from './config-error.ts';
import { demoKeys } from './demo-keys.ts';
import { type MerchantConfig, readMerchants } from './merchants.ts';

export interface Config {
  port: number;
  host: string;
  /** The origin that customers and merchants reach us by. */
  publicUrl: URL;
  /** `sqlite:<file>` or `postgres://…`; may hold a password. */
  databaseUrl: string;
  /** How long the start waits for a database that is away, in milliseconds; a minute by default. */
  databaseWaitMs?: number;
  /** How long running requests and calls may take to end after SIGTERM, in milliseconds; 8,000 by default. */
  shutdownMs?: number;
  /** The folder for sealed answers of payment services that the database could not store yet. */
  answersDir?: string;
  /** 32 bytes. */
  sealingKey: Buffer;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Whose `X-Forwarded-*` is believed: nobody's, that of so many proxies, or that of these addresses and subnets. */
  trustProxy: false | number | string[];
  demo: boolean;
  merchants: MerchantConfig[];
}

/**
 * @param options `demo` accepts the demo's keys and sets defaults for it. It is an argument and not a variable, so that no
 * production environment can switch it on by accident.
 * @throws {ConfigError} naming the variable, never its value
 */
export function loadConfig(env: Record<string, string | undefined> = process.env, { demo = false } = {}): Config {
  if (demo && env.NODE_ENV === 'production') throw new ConfigError('NODE_ENV: expected anything but production for the demo.');
  // A shell or a compose file turns an absent variable into an empty one.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) throw new ConfigError(`${formatConfigIssue(parsed.error)}.`);
  const { DATABASE_WAIT_SECONDS, SHUTDOWN_SECONDS, ANSWERS_DIR, ...variables } = parsed.data;
  const { PORT, HOST, PUBLIC_URL, DATABASE_URL, MERCHANTS_FILE, SEALING_KEY, LOG_LEVEL, TRUST_PROXY } = variables;
  const publicUrl = PUBLIC_URL ?? (demo ? new URL(`http://localhost:${PORT}`) : undefined);
  const sealingKey = SEALING_KEY ?? (demo ? readKey(demoKeys.sealingKey) : undefined);
  if (!publicUrl) throw new ConfigError(`PUBLIC_URL: ${expected.publicUrl}.`);
  if (!sealingKey || (!demo && sealingKey.equals(Buffer.from(demoKeys.sealingKey, 'base64')))) {
    throw new ConfigError(`SEALING_KEY: ${expected.sealingKey}${sealingKey ? ', not the ones of the demo' : ''}.`);
  }
  // This server speaks http, so a proxy before it ends TLS, and every request comes from the proxy's address.
  if (publicUrl.protocol === 'https:' && !TRUST_PROXY) throw new ConfigError(`TRUST_PROXY: ${expected.trustProxyOfHttps}.`);
  return {
    port: PORT,
    host: HOST,
    publicUrl,
    databaseUrl: DATABASE_URL,
    databaseWaitMs: DATABASE_WAIT_SECONDS * 1_000,
    shutdownMs: SHUTDOWN_SECONDS * 1_000,
    ...(ANSWERS_DIR !== undefined && { answersDir: ANSWERS_DIR }),
    sealingKey,
    logLevel: LOG_LEVEL,
    trustProxy: TRUST_PROXY ?? false,
    demo,
    merchants: readMerchants(MERCHANTS_FILE, given, demo),
  };
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const expected = {
  port: 'expected a whole number from 0 to 65535',
  host: 'expected an address or host name to listen on',
  publicUrl: 'expected the origin that browsers reach this server by, https or http on this machine, without a path',
  databaseUrl: 'expected sqlite:<file> or postgres://…',
  shutdown: 'expected the seconds that running requests may take to end after SIGTERM, from 1 to 300',
  databaseWait: 'expected the seconds that the start waits for the database, from 0 to 3600',
  merchantsFile: 'expected the path of the merchants file',
  sealingKey: 'expected 32 random bytes in base64 or hex',
  logLevel: `expected one of ${logLevels.join(', ')}`,
  trustProxy: 'expected false, the number of proxies from 1 to 10, or their addresses separated by commas',
  trustProxyOfHttps:
    'expected the number of proxies before this server (usually 1) or their addresses, since PUBLIC_URL is https and this server ' +
    'speaks http only: without it all customers would count as one address, and one of them could lock everybody out',
};

/** A text that `read` can convert; `read` returns undefined for one that it cannot. */
const readable = <T>(what: string, read: (text: string) => T | undefined) =>
  z.string({ error: what }).transform((text, context): T => {
    const value = read(text.trim());
    if (value !== undefined) return value;
    context.issues.push({ code: 'custom', message: what, input: undefined });
    return z.NEVER;
  });

const Environment = z.object({
  PORT: readable(expected.port, (text) => (/^\d{1,5}$/.test(text) && Number(text) < 65_536 ? Number(text) : undefined)).prefault(
    '4400',
  ),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, expected.host)
    .default('127.0.0.1'),
  PUBLIC_URL: readable(expected.publicUrl, readOrigin).optional(),
  DATABASE_URL: readable(expected.databaseUrl, readDatabaseUrl).prefault('sqlite:./data/pay-desk.db'),
  DATABASE_WAIT_SECONDS: readable(expected.databaseWait, (text) =>
    /^\d{1,4}$/.test(text) && Number(text) <= 3_600 ? Number(text) : undefined,
  ).prefault('60'),
  SHUTDOWN_SECONDS: readable(expected.shutdown, (text) =>
    /^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 300 ? Number(text) : undefined,
  ).prefault('8'),
  ANSWERS_DIR: z.string().optional(),
  MERCHANTS_FILE: z.string({ error: expected.merchantsFile }),
  SEALING_KEY: readable(expected.sealingKey, readKey).optional(),
  LOG_LEVEL: z.enum(logLevels, { error: expected.logLevel }).default('info'),
  TRUST_PROXY: readable(expected.trustProxy, readTrust).optional(),
});

function readOrigin(text: string): URL | undefined {
  if (!isSafeUrl(text)) return undefined;
  const url = new URL(text);
  return url.pathname === '/' && !url.search && !url.hash ? url : undefined;
}

function readDatabaseUrl(text: string): string | undefined {
  if (/^sqlite:.+/.test(text)) return text;
  return /^postgres(ql)?:\/\/./.test(text) && URL.canParse(text) ? text : undefined;
}

function readKey(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/** `true` and `0.0.0.0/0` are refused, since they would believe any address that a stranger writes into the header. */
function readTrust(text: string): Config['trustProxy'] | undefined {
  if (/^false$/i.test(text)) return false;
  if (/^([1-9]|10)$/.test(text)) return Number(text);
  const addresses = text.split(',').map((address) => address.trim());
  return addresses.every(isAddressOrSubnet) ? addresses : undefined;
}

function isAddressOrSubnet(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (!family || rest.length > 0) return false;
  if (bits === undefined) return true;
  try {
    new BlockList().addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
    return /^[1-9]\d*$/.test(bits);
  } catch {
    return false;
  }
}

/**
 * The folder for sealed answers of payment services that the database could not store yet: beside an SQLite file, otherwise in
 * `data`, and a different one for each database.
 */
export function answersFolder({ databaseUrl, answersDir }: Pick<Config, 'databaseUrl' | 'answersDir'>): string {
  const path = databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : null;
  if (path !== null && path !== ':memory:' && answersDir === undefined) return `${path}.answers`;
  return join(answersDir ?? 'data', `answers-${databaseName(databaseUrl)}`);
}

/** The same for every process on this database, whatever password it uses. */
function databaseName(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return createHash('sha256')
    .update(host + pathname)
    .digest('hex')
    .slice(0, 12);
}
