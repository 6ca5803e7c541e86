/** Starts the BFF as processes, like `npm start`, with one merchant that sells by pay code and, on demand, by wallet. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { hashKey, newApiKey } from '../../server/payments/model/access-keys.ts';
import { nodeEnvironment } from './node-environment.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface ServerProcesses {
  apiKey: string;
  /** A folder for databases, which is removed at the end. */
  folder: string;
  /** The environment of a process, with a database of its own unless `more` names one. */
  env(more?: Record<string, string>): NodeJS.ProcessEnv;
  /** Starts a process from source, or from this entry. */
  run(env?: Record<string, string>, entry?: readonly string[]): ChildProcess;
  /** Kills all processes. */
  end(): void;
}

/** `paycodes`: address and key of PayCodes. `wallet`: the settings of wallets, where they are sold too. */
export function createServerProcesses(paycodes: { url: string; key: string }, wallet?: object): ServerProcesses {
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-process-'));
  const apiKey = newApiKey(false);
  const children: ChildProcess[] = [];
  // The process serves the widget, so its build must exist.
  if (!existsSync(join(root, 'dist/widget/v1'))) execFileSync('npm', ['run', '--silent', 'build:widget'], { cwd: root });
  const merchant = {
    id: 'shop',
    name: 'Shop',
    test: false,
    apiKeys: [hashKey(apiKey)],
    webhook: { url: 'http://127.0.0.1:9/hook', secrets: ['whsec_pY8Ec/tMGC21pT/peIY7bqplUrXGlHaa45ZdJbsRvnY='] },
    allowedOrigins: [],
    methods: {
      payCode: {
        url: paycodes.url,
        auth: { type: 'bearer', key: paycodes.key },
        rules: [{ slug: 'demo-enter', kind: 'enter', currency: 'PLN', priceScale: 2 }],
      },
      ...(wallet && { wallet }),
    },
  };
  const merchantsFile = join(folder, 'merchants.json');
  writeFileSync(merchantsFile, JSON.stringify({ merchants: [merchant] }));
  const environment = (more: Record<string, string> = {}) => ({
    ...nodeEnvironment(),
    PORT: '0',
    PUBLIC_URL: 'http://localhost:4400',
    DATABASE_URL: `sqlite:${join(folder, `${randomUUID()}.db`)}`,
    SEALING_KEY: '59830ebc3a4184110566bf1a290d08473dfdcbd492ce498b14cd1a5e2fa2e441',
    MERCHANTS_FILE: merchantsFile,
    ...more,
  });
  return {
    apiKey,
    folder,
    env: environment,
    run(env = {}, entry = ['server/main.ts']) {
      const child = spawn(process.execPath, entry, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: environment(env) });
      children.push(child);
      return child;
    },
    end() {
      for (const child of children) child.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    },
  };
}

/** Resolves with the exit code and the output on standard error. */
export async function ending(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, stderr };
}

/** Resolves with the address that the process logs. */
export async function listening(child: ChildProcess): Promise<string> {
  assert.ok(child.stdout);
  for await (const line of createInterface(child.stdout)) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line);
    if (address) {
      child.stdout.resume();
      return address[0];
    }
  }
  throw new Error('it ended before it listened');
}
