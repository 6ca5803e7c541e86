/** Reads the configuration from the environment; nothing else reads it. A wrong variable stops the start with one sentence. */
import * as z from 'zod';
import { ConfigError, configIssues, isSafeUrl } from './config-error.ts';
import { findDangers, isLive } from './live-safety.ts';
import type { MerchantConfig } from './merchants.ts';
import { type ReadMerchantsFile, readMerchantsFile, readSecret } from './merchants-file.ts';
import type { OperatorConfig } from './operators.ts';
import type { Keys } from './payments/sealer.ts';
import { combineKeys, expectedKey, expectedKeys, type Refuse, readKey, readKeyList } from './read-keys.ts';
import {
  expectedHeader,
  expectedProxies,
  readAddresses,
  readHeaderName,
  readUserHeader,
  type UserHeader,
} from './user-header.ts';

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
  /** How long new connections are still accepted after SIGTERM, in milliseconds; 0 by default. */
  drainMs?: number;
  /** The folder for sealed answers of payment services that the database could not store yet. */
  answersDir?: string;
  /** One key of 32 bytes alone stands for the key `0`, for both purposes. */
  keys: Buffer | Keys;
  /** Sentences about what is allowed only while no real money moves. */
  dangers?: readonly string[];
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Whose `X-Forwarded-*` is believed: nobody's, that of so many proxies, or that of these addresses and subnets. */
  trustProxy: false | number | string[];
  demo: boolean;
  merchants: MerchantConfig[];
  /** Who may use the operator's API and console. */
  operators?: readonly OperatorConfig[];
  /** Where the operator's API and console listen; absent: nowhere. */
  operate?: { host: string; port: number; userHeader?: UserHeader };
  /** Reads the merchants file again; absent where the merchants do not come from a file. */
  readMerchants?: () => ReadMerchantsFile;
}

type Env = Record<string, string | undefined>;

/**
 * @param options `demo` accepts the demo's keys and sets defaults for it. It is an argument and not a variable, so that no
 * production environment can switch it on by accident.
 * @throws {ConfigError} naming the variable, never its value
 */
export function loadConfig(env: Env = process.env, options: { demo?: boolean } = {}): Config {
  const { config, mistakes } = readConfig(env, options);
  if (!config) throw new ConfigError(mistakes[0] ?? 'expected another configuration');
  return config;
}

/** The configuration, or all that is wrong with it: sentences that each name a variable, and never its value. */
export function readConfig(env: Env, { demo = false } = {}): { config: Config | null; mistakes: string[] } {
  const mistakes: string[] = [];
  const refuse: Refuse = (variable, what) => void mistakes.push(`${variable}: ${what}.`);
  if (demo && env.NODE_ENV === 'production') refuse('NODE_ENV', 'expected anything but production for the demo');
  const given = withSecretFiles(env, refuse);
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    mistakes.push(...configIssues(parsed.error).map((text) => `${text}.`));
    // The merchants file is read all the same, so that all mistakes are known at once.
    if (given.MERCHANTS_FILE) readMerchants(given.MERCHANTS_FILE, given, demo, refuse);
    return { config: null, mistakes };
  }
  const { DATABASE_WAIT_SECONDS, SHUTDOWN_SECONDS, DRAIN_SECONDS, ANSWERS_DIR, ...more } = parsed.data;
  const { OPERATE_PORT, OPERATE_HOST, OPERATE_USER_HEADER, OPERATE_USER_PROXY, ...variables } = more;
  const userHeader = readUserHeader({ host: OPERATE_HOST, name: OPERATE_USER_HEADER, proxies: OPERATE_USER_PROXY }, refuse);
  const { PORT, HOST, PUBLIC_URL, DATABASE_URL, MERCHANTS_FILE, LOG_LEVEL, TRUST_PROXY } = variables;
  const publicUrl = PUBLIC_URL ?? (demo ? new URL(`http://localhost:${PORT}`) : undefined);
  if (!publicUrl) refuse('PUBLIC_URL', expected.publicUrl);
  const keys = combineKeys(variables, refuse, demo);
  // This server speaks http, so a proxy before it ends TLS, and every request comes from the proxy's address.
  if (publicUrl?.protocol === 'https:' && !TRUST_PROXY) refuse('TRUST_PROXY', expected.trustProxyOfHttps);
  if (OPERATE_PORT !== undefined && OPERATE_PORT !== 0 && OPERATE_PORT === PORT) refuse('OPERATE_PORT', expected.operatePort);
  const file = readMerchants(MERCHANTS_FILE, given, demo, refuse);
  const dangers = demo ? [] : findDangers(given, keys);
  if (file && isLive(file)) for (const { variable, expected } of dangers) refuse(variable, expected);
  if (!publicUrl || !file || mistakes.length > 0) return { config: null, mistakes };
  const config: Config = {
    port: PORT,
    host: HOST,
    publicUrl,
    databaseUrl: DATABASE_URL,
    databaseWaitMs: DATABASE_WAIT_SECONDS * 1_000,
    shutdownMs: SHUTDOWN_SECONDS * 1_000,
    drainMs: DRAIN_SECONDS * 1_000,
    ...(ANSWERS_DIR !== undefined && { answersDir: ANSWERS_DIR }),
    keys,
    logLevel: LOG_LEVEL,
    trustProxy: TRUST_PROXY ?? false,
    demo,
    ...file,
    ...(OPERATE_PORT !== undefined && { operate: { host: OPERATE_HOST, port: OPERATE_PORT, ...(userHeader && { userHeader }) } }),
    dangers: dangers.map(({ variable, expected }) => `${variable}: ${expected}.`),
    readMerchants: () => {
      const read = readMerchantsFile(MERCHANTS_FILE, given, demo);
      if (!config.dangers?.length || !read.content || !isLive(read.content)) return read;
      return { ...read, content: null, mistakes: [...config.dangers] };
    },
  };
  return { config, mistakes };
}

/**
 * The database of the environment, for commands that need nothing else of it; null where the environment names none.
 * @throws {ConfigError}
 */
export function readDatabase(env: Env): string | null {
  const mistakes: string[] = [];
  const given = withSecretFiles(env, (variable, what) => {
    if (variable.startsWith('DATABASE_URL')) mistakes.push(`${variable}: ${what}.`);
  });
  const url = given.DATABASE_URL === undefined ? null : readDatabaseUrl(given.DATABASE_URL.trim());
  if (url === undefined) mistakes.push(`DATABASE_URL: ${expected.databaseUrl}.`);
  if (mistakes[0] !== undefined) throw new ConfigError(mistakes[0]);
  return url ?? null;
}

function readMerchants(path: string, env: Env, demo: boolean, refuse: Refuse): ReadMerchantsFile['content'] {
  const { content, mistakes } = readMerchantsFile(path, env, demo);
  for (const mistake of mistakes) refuse('MERCHANTS_FILE', mistake);
  return content;
}

/** The variables whose values may lie in a file, which the variable `…_FILE` names. */
const secretVariables = ['SEALING_KEYS', 'SEALING_KEY', 'LOOKUP_KEYS', 'DATABASE_URL'] as const;

/** The environment without empty variables, which a shell or a compose file makes of absent ones, and with secrets from files. */
function withSecretFiles(env: Env, refuse: Refuse): Env {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  for (const name of secretVariables) {
    const path = given[`${name}_FILE`];
    if (path === undefined) continue;
    const content = readSecret(path);
    if (given[name] !== undefined) refuse(`${name}_FILE`, `expected either this variable or ${name}, and not both`);
    else if (!content) refuse(`${name}_FILE`, 'expected the path of a file that can be read and is not empty');
    else given[name] = content;
  }
  return given;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const expected = {
  port: 'expected a whole number from 0 to 65535',
  host: 'expected an address or host name to listen on',
  publicUrl: 'expected the origin that browsers reach this server by, https or http on this machine, without a path',
  databaseUrl: 'expected sqlite:<file> or postgres://…',
  shutdown: 'expected the seconds that running requests may take to end after SIGTERM, from 1 to 300',
  drain: 'expected the seconds that new connections are still accepted after SIGTERM, from 0 to 60',
  databaseWait: 'expected the seconds that the start waits for the database, from 0 to 3600',
  merchantsFile: 'expected the path of the merchants file',
  operatePort: 'expected a whole number from 0 to 65535, and not that of PORT',
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
  PORT: readable(expected.port, readPort).prefault('4400'),
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
  DRAIN_SECONDS: readable(expected.drain, (text) =>
    /^\d{1,2}$/.test(text) && Number(text) <= 60 ? Number(text) : undefined,
  ).prefault('0'),
  ANSWERS_DIR: z.string().optional(),
  MERCHANTS_FILE: z.string({ error: expected.merchantsFile }),
  SEALING_KEY: readable(expectedKey, readKey).optional(),
  SEALING_KEYS: readable(expectedKeys, readKeyList).optional(),
  LOOKUP_KEYS: readable(expectedKeys, readKeyList).optional(),
  OPERATE_PORT: readable(expected.operatePort, readPort).optional(),
  OPERATE_HOST: z
    .string()
    .regex(/^[\w.:-]+$/, expected.host)
    .default('127.0.0.1'),
  OPERATE_USER_HEADER: readable(expectedHeader, readHeaderName).optional(),
  OPERATE_USER_PROXY: readable(expectedProxies, readAddresses).optional(),
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

function readPort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) < 65_536 ? Number(text) : undefined;
}

/** `true` and `0.0.0.0/0` are refused, since they would believe any address that a stranger writes into the header. */
function readTrust(text: string): Config['trustProxy'] | undefined {
  if (/^false$/i.test(text)) return false;
  if (/^([1-9]|10)$/.test(text)) return Number(text);
  return readAddresses(text);
}
