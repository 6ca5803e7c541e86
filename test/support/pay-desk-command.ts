/** Runs the command `pay-desk` from source, as a user types it: a process with arguments, variables and pipes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { nodeEnvironment } from './node-environment.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface CommandEnd {
  code: number | null;
  /** Data. */
  stdout: string;
  /** Talk. */
  stderr: string;
}

interface CommandOptions {
  env?: Record<string, string>;
  /** What is typed or piped into it; nothing by default. */
  input?: string;
  /** Another entry than the source. */
  entry?: string;
}

export function startCommand(
  args: readonly string[],
  { env, entry = `${root}server/operate/cli/pay-desk.ts` }: CommandOptions = {},
) {
  return spawn(process.execPath, [entry, ...args], {
    stdio: 'pipe',
    env: { ...nodeEnvironment(), HOME: process.env.HOME, ...env },
  });
}

/** Runs it to its end. */
export async function runCommand(args: readonly string[], options: CommandOptions = {}): Promise<CommandEnd> {
  const child = startCommand(args, options);
  child.stdin.on('error', () => undefined).end(options.input ?? '');
  return commandEnd(child);
}

export async function commandEnd(child: ChildProcess): Promise<CommandEnd> {
  const end: CommandEnd = { code: null, stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      end[name] += text;
    });
  }
  [end.code] = await once(child, 'close');
  return end;
}
