/** A folder in which a test does what a document tells its reader: files, packages and commands, as they are written. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { installPacked, linkPackages, type PackageFolder, packageNames } from './packed-package.ts';

export interface Project {
  folder: string;
  /** Runs the commands to their end. @returns what they print */
  run(): Promise<string>;
  /** Starts the commands, which are servers. */
  start(): void;
  /** What the commands have printed so far. */
  printed(): string;
  stop(): Promise<void>;
}

interface ProjectOptions {
  files: readonly { file: string; text: string }[];
  /** Lines of a shell. `npm install …` needs no registry: what it names comes from here. */
  commands: string;
  env: Readonly<Record<string, string>>;
}

export function createProject({ files, commands, env }: ProjectOptions): Project {
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-project-'));
  for (const { file, text } of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const lines = commands.split('\n');
  const isInstall = (line: string) => line.startsWith('npm install ');
  install(
    folder,
    lines.filter(isInstall).flatMap((line) => line.split(' ').slice(2)),
  );
  let child: ChildProcess | undefined;
  let printed = '';
  const start = () => {
    // What a shell starts ends with it: they are one group of processes.
    child = spawn('sh', ['-ec', lines.filter((line) => !isInstall(line)).join('\n')], {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
        HOME: folder,
        npm_config_offline: 'true',
        ...env,
      },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
  };
  return {
    folder,
    start,
    printed: () => printed,
    async run() {
      start();
      const [code] = (await once(child as ChildProcess, 'close')) as [number];
      assert.equal(code, 0, printed);
      return printed;
    },
    async stop() {
      if (child?.pid && child.exitCode === null) {
        process.kill(-child.pid, 'SIGKILL');
        await once(child, 'close');
      }
      rmSync(folder, { recursive: true });
    },
  };
}

/** Our packages from their tarballs, others as links to our own copies, and the commands of all. */
function install(folder: string, names: readonly string[]): void {
  const ours = Object.fromEntries(Object.entries(packageNames).map(([at, name]) => [name, at as PackageFolder]));
  for (const name of names) {
    const at = ours[name];
    if (at) installPacked(folder, at);
    else linkPackages(folder, [name]);
    const { bin = {} } = JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'));
    const commands = typeof bin === 'string' ? { [name]: bin } : (bin as Record<string, string>);
    for (const [command, path] of Object.entries(commands)) {
      mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
      symlinkSync(join(folder, 'node_modules', name, path), join(folder, 'node_modules/.bin', command));
    }
  }
}
